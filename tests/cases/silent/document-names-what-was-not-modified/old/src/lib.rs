use axum::{Json, Router, http::{HeaderMap, StatusCode}, routing::get};
use versioning_macros::api;

fn newer(headers: &HeaderMap) -> Result<u8, StatusCode> {
    elsewhere::newer(headers)
}

#[api(since = "1.0")]
pub async fn a(headers: HeaderMap) -> Result<Json<u8>, StatusCode> {
    let one = newer(&headers)?;
    Ok(Json(one))
}

pub fn app() -> Router {
    Router::new().route("/a", get(a))
}
