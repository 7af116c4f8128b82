use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
pub struct T {
    a: (),
}

#[api(POST "/x", since = "1.0")]
pub async fn x(body: Json<T>) -> Json<T> {
    body
}
