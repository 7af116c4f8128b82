use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().typed_get(h)
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/x/{id}")]
pub struct P {
    id: u32,
}

#[api(since = "1.0")]
async fn h(_: P) {}
