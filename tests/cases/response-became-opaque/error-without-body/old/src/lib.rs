use axum::{Json, http::StatusCode, response::{IntoResponse, Response}};
use serde_json::json;
use versioning_macros::api;

pub enum Other {
    Gone,
    Invalid(String),
}


#[api(GET "/x", since = "1.0")]
pub async fn x() -> Result<Json<u8>, StatusCode> {
    Ok(Json(1))
}
