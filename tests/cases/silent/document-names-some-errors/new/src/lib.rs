use axum::{Json, Router, http::StatusCode, response::{IntoResponse, Response}, routing::get};
use versioning_macros::api;

pub enum Failure {
    Missing,
    Other(StatusCode),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Missing => StatusCode::NOT_FOUND.into_response(),
            Failure::Other(status) => status.into_response(),
        }
    }
}

#[utoipa::path(get, path = "/a", responses((status = 200, body = u8), (status = 404, description = "none")))]
#[api(since = "1.0")]
pub async fn a() -> Result<Json<u8>, Failure> {
    Ok(Json(1))
}

pub fn app() -> Router {
    Router::new().route("/a", get(a))
}
