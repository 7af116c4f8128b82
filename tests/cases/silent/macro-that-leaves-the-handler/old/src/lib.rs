use axum::{Json, http::StatusCode};
use serde_json::{Value, json};
use versioning_macros::api;

pub struct Shop {
    key: String,
}

fn find() -> Option<Shop> {
    store::find()
}

macro_rules! stop {
    () => {
        return Err(StatusCode::NOT_FOUND)
    };
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Result<Json<Value>, StatusCode> {
    let shop = match find() {
        Some(shop) => shop,
        None => stop!(),
    };
    Ok(Json(json!({ "key": shop.key })))
}
