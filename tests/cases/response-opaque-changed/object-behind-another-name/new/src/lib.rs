use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let mut all = json!({ "id": 1 });
    if let Some(map) = all.as_object_mut() {
        map.insert("b".into(), json!(1));
    }
    Json(all)
}
