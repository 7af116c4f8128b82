use axum::{Json, Router, routing::get};
use axum::extract::DefaultBodyLimit;
use versioning_macros::api;

#[api(since = "1.0")]
async fn list() -> Json<u8> {
    Json(1)
}

#[tokio::main]
async fn main() {
    let layers = tower::ServiceBuilder::new().layer(tower_http::trace::TraceLayer::new_for_http()).layer(DefaultBodyLimit::max(4096));
    let app = Router::new().route("/pets", get(list)).layer(layers);
    let listener = tokio::net::TcpListener::bind("0.0.0.0:1").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
