use axum::Json;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Item {
    id: u32,
    name: String,
}

#[api(POST "/a", since = "1.0")]
pub async fn a(Json(body): Json<Value>) -> StatusCode {
    let Ok(item) = serde_json::from_value::<Item>(body) else { return StatusCode::BAD_REQUEST };
    StatusCode::from_u16(item.id as u16).unwrap_or(StatusCode::OK)
}

#[api(POST "/b", since = "1.0")]
pub async fn b(Json(body): Json<Value>) -> StatusCode {
    if body["x"].is_null() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
}
