use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn all() -> Vec<u64> {
    store::all()
}

fn written() -> Value {
    let count = all().len();
    json!({ "count": count, "last": last() })
}

fn last() -> Value {
    json!({ "id": 1 })
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    Json(written())
}
