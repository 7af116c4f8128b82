use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
#[serde(tag = "t", content = "c")]
pub enum T {
    A,
}

#[api(POST "/f", since = "1.0")]
pub async fn f(body: Json<T>) {}
