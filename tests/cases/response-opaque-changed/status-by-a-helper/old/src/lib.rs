use axum::response::{IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use axum::http::{HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub fn app() -> Router {
    Router::new().route("/x", get(h))
}

#[api(since = "1.0")]
async fn h() -> Result<Json<T>, E> {
    todo!()
}

#[derive(Deserialize, Serialize)]
pub struct T {
    a: u8,
}

pub enum E {
    A,
    B,
}

fn mk(status: u16) -> Response {
    (StatusCode::from_u16(status).unwrap(), "x").into_response()
}

impl IntoResponse for E {
    fn into_response(self) -> Response {
        match self {
            E::A => mk(404),
            E::B => mk(409),
        }
    }
}
