use axum::extract::Query;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    a: u32,
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(_: Query<T>) {}
