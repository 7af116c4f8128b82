use axum::Json;
use std::collections::HashMap;
use versioning_macros::api;

#[derive(serde::Serialize)]
pub struct A {
    x: u8,
    y: Option<bool>,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<HashMap<String, serde_json::Value>> {
    elsewhere::a()
}
