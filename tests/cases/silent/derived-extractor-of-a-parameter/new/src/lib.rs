use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::post};
use axum::http::{HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", post(h))
}

#[api(since = "1.0")]
async fn h(Body(_): Body<T>) {
    
}

#[derive(Deserialize, Serialize)]
pub struct T {
    a: u8,
}

#[derive(axum::extract::FromRequest)]
#[from_request(via(axum::Json))]
pub struct Body<B>(B);
