use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use versioning_macros::api;

pub enum Failure {
    Missing,
    Invalid,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Missing => StatusCode::NOT_FOUND,
            Failure::Invalid => StatusCode::CONFLICT,
        }
        .into_response()
    }
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/f", responses((status = 200, body = u8), (status = 404)))]
pub async fn f() -> Result<Json<u8>, Failure> {
    todo!()
}
