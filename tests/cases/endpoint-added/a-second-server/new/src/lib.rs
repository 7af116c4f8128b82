use versioning_macros::api;
use axum::{Json, Router, routing::get};
pub async fn main() {
    tokio::spawn(metrics());
    let app = Router::new().route("/", get(index)).route("/users", get(users));
    axum::serve(listener(), app).await;
}
/// A larger one: the older keeps its answers all the same.
pub async fn metrics() {
    let app = Router::new().route("/", get(all)).route("/up", get(all)).route("/ready", get(all));
    axum::serve(listener(), app).await;
}
#[api(since = "1.0")]
pub async fn all() -> Json<u8> {
    todo!()
}
#[api(since = "1.0")]
pub async fn index() -> String {
    todo!()
}
#[api(since = "1.0")]
pub async fn users() -> Json<Vec<u64>> {
    todo!()
}
