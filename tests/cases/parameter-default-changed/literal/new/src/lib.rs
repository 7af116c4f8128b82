use axum::extract::Query;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[serde(default = "a")]
    a: u32,
}

fn a() -> u32 {
    20
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(_: Query<T>) {}
