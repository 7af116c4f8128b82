use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum T {
    A,
    B { x: u8 },
}

#[api(POST "/f", since = "1.0")]
pub async fn f(body: Json<T>) {}

#[api(GET "/g", since = "1.0")]
pub async fn g() -> Json<T> {
    todo!()
}
