use serde::Serialize;
use versioning_macros::api;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use std::sync::{Arc, Mutex};

#[derive(Serialize)]
pub struct T {
    a: u8,
}

#[derive(Clone)]
pub struct App {
    all: Arc<Mutex<Vec<T>>>,
}

#[api(GET "/f", since = "1.0")]
pub async fn f(State(app): State<App>) -> impl IntoResponse {
    Json(app.all.lock().unwrap().clone())
}
