use axum::{Router, extract::Path, routing::get};
use versioning_macros::api;

#[api(since = "1.0.0")]
pub async fn x(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[api(since = "1.0.0")]
pub async fn y() -> String {
    String::new()
}

pub fn app() -> Router {
    Router::new().merge(elsewhere::routes()).route("/y", get(y))
}
