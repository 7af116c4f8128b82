use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let mut all = serde_json::Map::new();
    all.insert("id".to_owned(), json!(1));
    let mut name = json!({});
    if store::formal() {
        name["first"] = json!("x");
    } else {
        name["first"] = json!("y");
    }
    all.insert("name".into(), name);
    all.insert("tags".into(), store::tags().into());
    Json(Value::Object(all))
}
