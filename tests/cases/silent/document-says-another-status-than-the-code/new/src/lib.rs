use axum::{http::StatusCode, response::{IntoResponse, Response}};
use versioning_macros::api;

pub struct Failure;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        StatusCode::BAD_REQUEST.into_response()
    }
}

#[api(since = "1.0")]
#[utoipa::path(delete, path = "/a", responses((status = 204, description = "ok")))]
pub async fn a() -> Result<StatusCode, Failure> {
    Ok(StatusCode::NO_CONTENT)
}

#[api(since = "1.0")]
#[utoipa::path(delete, path = "/b", responses((status = 204, description = "ok")))]
pub async fn b() -> Result<Response, Failure> {
    Ok(StatusCode::NO_CONTENT.into_response())
}
