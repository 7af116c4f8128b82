use axum::{Json, extract::Query};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    q: String,
    page: u32,
}
#[derive(Serialize, Deserialize)]
pub struct B {
    a: u32,
}

#[api(POST "/x", since = "1.0", responses(204))]
pub async fn x(_: Query<T>, _: Json<B>) {}
