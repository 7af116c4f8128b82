use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use axum::http::{HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", get(h))
}

#[api(since = "1.0")]
async fn h() -> Api<u8> {
    Api(1)
}

#[derive(Deserialize, Serialize)]
pub struct T {
    a: u8,
}

pub struct Api<T>(T);

#[derive(Serialize)]
pub struct Envelope<T> {
    data: T,
}

impl<T: Serialize> IntoResponse for Api<T> {
    fn into_response(self) -> Response {
        Json(Envelope { data: self.0 }).into_response()
    }
}
