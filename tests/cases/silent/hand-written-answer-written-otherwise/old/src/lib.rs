use axum::{Json, http::StatusCode, response::{IntoResponse, Response}};
use serde_json::json;
use versioning_macros::api;

pub enum Problem {
    Gone,
    Invalid(String),
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Problem::Gone => (StatusCode::NOT_FOUND, "gone".to_owned()),
            Problem::Invalid(why) => (StatusCode::BAD_REQUEST, why),
        };
        (status, Json(json!({ "error": text }))).into_response()
    }
}

#[api(GET "/x", since = "1.0")]
pub async fn x() -> Result<Json<u8>, Problem> {
    Ok(Json(1))
}
