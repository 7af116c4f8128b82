use axum::{Json, Router, routing::get};
use utoipa::OpenApi;
use versioning_macros::api;

#[api(since = "1.0.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, body = u8)))]
async fn a() -> Json<u8> {
    Json(1)
}

#[api(since = "1.0.0")]
#[utoipa::path(get, path = "/b", responses((status = 200, body = u8)))]
async fn b() -> Json<u8> {
    Json(1)
}

#[derive(OpenApi)]
#[openapi(paths(a, b))]
pub struct Document;

pub fn app() -> Router {
    Router::new().route("/a", get(a)).route("/b", get(b))
}
