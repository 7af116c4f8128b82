use serde::Serialize;
use versioning_macros::api;
use axum::Json;
use axum::response::IntoResponse;

#[derive(Serialize)]
pub struct T {
    a: u8,
}

fn load() -> anyhow::Result<T> {
    todo!()
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> impl IntoResponse {
    Json(load().unwrap())
}
