use axum::extract::Query;
use serde::Deserialize;
use std::collections::HashMap;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct T {
    q: Option<String>,
    page: u32,
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(_: Query<T>) {}
