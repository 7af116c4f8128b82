use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

use std::collections::HashMap;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct T {
    a: u8,
    #[serde(flatten)]
    rest: HashMap<String, serde_json::Value>,
}

#[api(POST "/f", since = "1.0")]
pub async fn f(body: Json<T>) {}

#[api(GET "/g", since = "1.0")]
pub async fn g() -> Json<T> {
    todo!()
}
