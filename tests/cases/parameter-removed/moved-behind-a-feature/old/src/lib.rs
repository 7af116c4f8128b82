use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    a: u32,
    b: Option<String>,
}

#[api(GET "/x", since = "1.0")]
pub async fn x(query: axum::extract::Query<T>) {}
