use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn name() -> Option<String> {
    store::name()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    Json(json!({ "a": name() }))
}
