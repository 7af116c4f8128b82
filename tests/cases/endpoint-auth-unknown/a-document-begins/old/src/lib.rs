use axum::{Json, Router, routing::get};
use versioning_macros::api;

#[api(since = "1.0")]
pub async fn orders() -> Json<u8> {
    Json(1)
}

#[api(since = "1.0")]
pub async fn pets() -> Json<u8> {
    Json(1)
}

pub fn app() -> Router {
    Router::new().route("/orders", get(orders)).route("/pets", get(pets))
}
