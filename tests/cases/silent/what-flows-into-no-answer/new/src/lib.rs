use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    store::note("asked").await;
    let one = store::find().await;
    if store::counts() {
        store::count(one.len());
    }
    Json(json!({ "a": one, "b": store::other(1).await }))
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/b")]
pub async fn b() -> Json<Value> {
    let one = store::find().await;
    store::note("b").await;
    Json(pages::page(one))
}
