use axum::{Json, Router, routing::get};
use versioning_macros::api;

#[cfg(unix)]
#[api(GET "/os", since = "1.0.0")]
async fn os() -> Json<u8> {
    Json(1)
}

#[cfg(not(unix))]
#[api(GET "/os", since = "1.0.0")]
async fn os() -> Json<String> {
    Json(String::new())
}

pub fn app() -> Router {
    Router::new().route("/os", get(os))
}
