use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let found = store::find("a").await;
    store::note("somebody asked for this answer, and it is written down in a sentence that is long").await;
    store::note("somebody asked for this answer, and it is written down in a sentence that is long").await;
    store::note("somebody asked for this answer, and it is written down in a sentence that is long").await;
    Json(json!({ "id": found.id }))
}
