use versioning_macros::api;
use axum::{Router, routing::get};
pub fn app() -> Router {
    Router::new().route("/file", get(file)).route("/part", get(part))
}
#[api(since = "1.0")]
pub async fn file() -> Result<Vec<u8>, Error> {
    todo!()
}
#[api(since = "1.0")]
pub async fn part() -> &'static [u8] {
    todo!()
}
pub struct Error;
