use aide::axum::{ApiRouter, routing::get};
use axum::Json;
use versioning_macros::api;

#[api(since = "1.0")]
async fn list() -> Json<u8> {
    Json(1)
}

fn toys() -> ApiRouter {
    ApiRouter::new().api_route("/toys", get(list))
}

#[tokio::main]
async fn main() {
    let mut api = aide::openapi::OpenApi::default();
    let app = ApiRouter::new().api_route("/pets", get(list)).merge(toys()).finish_api(&mut api);
    let listener = tokio::net::TcpListener::bind("0.0.0.0:1").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
