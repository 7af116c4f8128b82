use axum::Json;
use serde::Serialize;
use serde_json::{Value, json};
use versioning_macros::api;

#[derive(Serialize)]
pub struct Envelope {
    ok: bool,
    data: Value,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Envelope> {
    let one = store::find();
    Json(Envelope { ok: true, data: json!({ "id": one, "more": 1 }) })
}
