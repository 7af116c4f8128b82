use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u32,
}

pub enum Fail {
    Missing,
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        StatusCode::NOT_FOUND.into_response()
    }
}

#[derive(Clone)]
pub struct Store;

impl Store {
    pub async fn find(&self) -> Result<Option<Item>, Fail> {
        Err(Fail::Missing)
    }
}

#[api(GET "/a", since = "1.0")]
pub async fn a(axum::extract::State(store): axum::extract::State<Store>) -> Result<impl IntoResponse, Fail> {
    store.find().await?.map(Json).ok_or(Fail::Missing)
}
