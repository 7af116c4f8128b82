use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let found = store::find().await;
    Json(json!({ "a": found, "b": store::other(1).await }))
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/b")]
pub async fn b() -> Json<Value> {
    Json(pages::page(store::find().await))
}
