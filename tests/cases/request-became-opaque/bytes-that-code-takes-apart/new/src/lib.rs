use axum::body::Bytes;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct T {
    a: u8,
}

#[api(POST "/f", since = "1.0")]
pub async fn f(body: Bytes) {
    drop(body);
}
