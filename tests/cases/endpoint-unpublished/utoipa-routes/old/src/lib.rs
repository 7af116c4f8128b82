use axum::{Json, routing::get};
use utoipa_axum::{router::OpenApiRouter, routes};
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

pub fn app() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(a)).routes(routes!(b))
}
