use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

fn name() -> String {
    todo!()
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> Json<Value> {
    Json(json!({ "name": name() }))
}
