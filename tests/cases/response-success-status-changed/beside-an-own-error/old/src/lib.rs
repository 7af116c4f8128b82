use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use axum::http::{HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", get(h))
}

#[api(since = "1.0")]
async fn h() -> Result<(StatusCode, Json<T>), E> {
    if rare() {
        return Err(E::Gone);
    }
    Ok((StatusCode::CREATED, Json(T { a: 1 })))
}

#[derive(Deserialize, Serialize)]
pub struct T {
    a: u8,
}

pub enum E {
    Gone,
}

impl IntoResponse for E {
    fn into_response(self) -> Response {
        StatusCode::GONE.into_response()
    }
}
