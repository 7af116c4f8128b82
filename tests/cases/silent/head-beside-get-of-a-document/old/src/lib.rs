use axum::Json;
use utoipa_axum::{router::OpenApiRouter, routes};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(method(get, head), path = "/a")]
pub async fn a() -> Json<u8> {
    todo!()
}

pub fn app() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(a))
}
