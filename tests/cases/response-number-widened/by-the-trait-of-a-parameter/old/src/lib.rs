use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u32,
}

pub trait Reads {
    fn load(&self) -> Item;
}

pub trait Store: Reads + Clone {}

#[api(GET "/a", since = "1.0")]
pub async fn a<S: Store>(axum::extract::State(store): axum::extract::State<S>) -> impl IntoResponse {
    Json(store.load())
}

pub fn answer<S>(store: S) -> impl IntoResponse
where
    S: Reads,
{
    Json(store.load())
}

#[api(GET "/b", since = "1.0")]
pub async fn b<S: Store>(axum::extract::State(store): axum::extract::State<S>) -> impl IntoResponse {
    answer(store)
}
