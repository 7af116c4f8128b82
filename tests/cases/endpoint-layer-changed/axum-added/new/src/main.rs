use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::{Json, Router, routing::get};
use versioning_macros::api;

#[api(since = "1.0")]
async fn list() -> Json<u8> {
    Json(1)
}

async fn auth(request: Request, next: Next) -> Result<Response, StatusCode> {
    if request.headers().contains_key("x-key") {
        return Ok(next.run(request).await);
    }
    Err(StatusCode::UNAUTHORIZED)
}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/pets", get(list)).route("/toys", get(list)).layer(from_fn(auth)).route("/open", get(list));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:1").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
