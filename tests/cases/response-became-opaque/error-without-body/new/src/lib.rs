use axum::{Json, http::StatusCode, response::{IntoResponse, Response}};
use serde_json::json;
use versioning_macros::api;

pub enum Problem {
    Gone,
    Invalid(String),
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        crate::render::page(self)
    }
}

#[api(GET "/x", since = "1.0")]
pub async fn x() -> Result<Json<u8>, Problem> {
    Ok(Json(1))
}
