use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn envelope(mut data: Value) -> Value {
    data["links"] = json!({ "self": "x" });
    json!({ "ok": true, "data": data })
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    Json(envelope(json!({ "id": 1 })))
}
