use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    a: u32,
}

#[api(POST "/x", since = "1.0", responses(204))]
pub async fn x(_: Json<T>) {}
