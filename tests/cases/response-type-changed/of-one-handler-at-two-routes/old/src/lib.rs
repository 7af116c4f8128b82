use axum::{Json, Router, routing::get};
use versioning_macros::api;

#[api(since = "1.0")]
pub async fn count() -> Json<u8> {
    todo!()
}

fn counts() -> Router {
    Router::new().route("/count", get(count))
}

pub fn router() -> Router {
    Router::new().nest("/v1", counts()).nest("/v2", counts())
}
