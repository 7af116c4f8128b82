use versioning_macros::api;
use axum::{Json, Router, routing::get};
pub async fn main() {
    let app = Router::new().route("/", get(index)).route("/users", get(users));
    axum::serve(listener(), app).await;
}
#[api(since = "1.0")]
pub async fn index() -> String {
    todo!()
}
#[api(since = "1.0")]
pub async fn users() -> Json<Vec<u64>> {
    todo!()
}
