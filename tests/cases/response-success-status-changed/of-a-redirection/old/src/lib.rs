use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use axum::http::{HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", get(h))
}

#[api(since = "1.0")]
async fn h() -> Redirect {
    Redirect::to("/y")
}

#[derive(Deserialize, Serialize)]
pub struct T {
    a: u8,
}
