use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
#[serde(tag = "t")]
pub enum T {
    A,
    B { x: u8 },
}

#[api(POST "/f", since = "1.0")]
pub async fn f(body: Json<T>) {}
