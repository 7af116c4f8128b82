use serde::Serialize;
use versioning_macros::api;
use axum::Json;
use axum::response::IntoResponse;
use std::pin::Pin;

#[derive(Serialize)]
pub struct T {
    a: u8,
    b: u8,
}

fn load() -> Pin<Box<dyn Future<Output = T> + Send>> {
    todo!()
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> impl IntoResponse {
    Json(load().await)
}
