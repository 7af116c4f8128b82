use axum::{Json, Router, extract::Query, routing::post};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", post(h))
}

#[api(since = "1.0")]
async fn h(_: foreign::Body<T>) {}

#[derive(Deserialize)]
pub struct T {
    a: u8,
}
