use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Serialize;
use std::sync::Arc;
use versioning_macros::api;

#[derive(Serialize)]
pub struct T {
    a: u8,
}

pub trait Store: Send + Sync {
    fn find(&self, id: u64) -> T;
}

#[derive(Clone)]
pub struct App {
    store: Arc<dyn Store>,
}

#[api(GET "/f", since = "1.0")]
pub async fn f(State(app): State<App>) -> impl IntoResponse {
    let found = app.store.find(1);
    Json(found)
}
