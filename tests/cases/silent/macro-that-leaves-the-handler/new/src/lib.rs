use axum::{Json, http::StatusCode};
use serde_json::{Value, json};
use versioning_macros::api;

pub struct Shop {
    key: String,
}

fn find() -> Option<Shop> {
    store::find()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Result<Json<Value>, StatusCode> {
    let Some(shop) = find() else {
        return Err(StatusCode::NOT_FOUND);
    };
    Ok(Json(json!({ "key": shop.key })))
}
