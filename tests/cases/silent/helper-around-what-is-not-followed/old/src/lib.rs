use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn lowered(value: Value) -> Value {
    elsewhere::lower(value)
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let inner = json!({ "k": 1 });
    Json(json!({ "a": lowered(inner) }))
}
