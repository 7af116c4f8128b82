use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    q: String,
    #[serde(flatten)]
    at: At,
}
#[derive(Serialize, Deserialize)]
pub struct At { page: Option<u32> }

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(q: axum::extract::Query<T>) {}
