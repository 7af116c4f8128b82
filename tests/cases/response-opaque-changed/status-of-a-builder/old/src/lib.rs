use axum::{Json, http::StatusCode, response::{IntoResponse, Response}};
use serde::Serialize;
use versioning_macros::api;

pub struct Reply<T> {
    status: StatusCode,
    body: T,
}

impl<T: Serialize> Reply<T> {
    pub fn new(body: T) -> Self {
        Reply { status: StatusCode::OK, body }
    }

    pub fn at(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl<T: Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Reply<u64> {
    Reply::new(1).at(StatusCode::CREATED)
}
