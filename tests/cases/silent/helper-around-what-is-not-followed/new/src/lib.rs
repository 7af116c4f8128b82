use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn written(given: Value) -> Value {
    lowered(given)
}

fn lowered(value: Value) -> Value {
    elsewhere::lower(value)
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    Json(json!({ "a": written(json!({ "k": 1 })) }))
}
