use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let all = json!({ "id": 1 });
    {
        let other = 5;
        store::count(other);
    }
    Json(all)
}
