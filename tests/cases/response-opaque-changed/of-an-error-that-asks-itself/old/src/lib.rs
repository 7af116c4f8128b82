use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use versioning_macros::api;

pub enum Failure {
    Missing,
    Invalid,
    Inner(Box<Failure>),
    Many(Vec<Failure>),
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Failure::Missing => StatusCode::NOT_FOUND,
            Failure::Invalid => StatusCode::BAD_REQUEST,
            Failure::Inner(inner) => inner.status(),
            Failure::Many(all) => all.first().map(|one| one.status()).unwrap_or(StatusCode::BAD_GATEWAY),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Inner(inner) => inner.into_response(),
            failure => (failure.status(), "failed").into_response(),
        }
    }
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> Result<Json<u8>, Failure> {
    todo!()
}
