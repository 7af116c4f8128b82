use versioning_macros::api;
use axum::{Json, Router, routing::get};
pub async fn main() {
    tokio::spawn(metrics());
    let app = Router::new().route("/health", get(health)).route("/users", get(users));
    axum::serve(listener(), app).await;
}
pub async fn metrics() {
    let app = Router::new().route("/health", get(health));
    axum::serve(listener(), app).await;
}
#[api(since = "1.0")]
pub async fn health() {}
#[api(since = "1.0")]
pub async fn users() -> Json<Vec<u64>> {
    todo!()
}
