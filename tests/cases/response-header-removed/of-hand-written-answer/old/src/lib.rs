use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use axum::http::{HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", get(h))
}

#[api(since = "1.0")]
async fn h() -> O {
    O
}

#[derive(Deserialize, Serialize)]
pub struct T {
    a: u8,
}

pub struct O;

impl IntoResponse for O {
    fn into_response(self) -> Response {
        ([("x-a", "1")], Json(T { a: 1 })).into_response()
    }
}
