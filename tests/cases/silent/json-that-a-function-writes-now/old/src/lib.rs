use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn all() -> Vec<u64> {
    store::all()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let count = all().len();
    Json(json!({ "count": count, "last": { "id": 1 } }))
}
