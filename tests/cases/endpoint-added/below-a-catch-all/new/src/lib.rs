use axum::Router;
use axum::routing::get;
use versioning_macros::api;

#[api(since = "1.0.0")]
pub async fn users() -> String {
    String::new()
}

#[api(since = "1.1.0")]
pub async fn groups() -> String {
    String::new()
}

#[api(since = "1.0.0")]
pub async fn assets() -> String {
    String::new()
}

pub fn router() -> Router {
    Router::new().route("/users", get(users)).route("/groups", get(groups)).route("/{*path}", get(assets))
}
