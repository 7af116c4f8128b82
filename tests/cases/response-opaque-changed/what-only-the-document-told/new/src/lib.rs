use axum::{Json, http::StatusCode, response::{IntoResponse, Response}};
use versioning_macros::api;

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Said {
    a: u8,
}

#[derive(serde::Serialize)]
pub struct Done {
    b: u8,
}

fn done() -> Response {
    (StatusCode::OK, Json(Done { b: 1 })).into_response()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, body = Said)))]
pub async fn a(deep: bool) -> Response {
    done()
}
