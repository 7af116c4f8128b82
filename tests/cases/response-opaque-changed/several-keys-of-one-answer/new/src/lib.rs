use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    Json(json!({ "a": store::a2().await, "b": store::b2().await, "c": { "d": store::d2().await } }))
}
