use axum::{Json, http::StatusCode, response::{IntoResponse, Response}};
use serde_json::json;
use versioning_macros::api;

pub enum Problem {
    Gone,
    Invalid(String),
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Gone => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let text = match self {
            Self::Gone => String::from("gone"),
            Self::Invalid(why) => why,
        };
        let mut response = Json(json!({ "error": text })).into_response();
        *response.status_mut() = status;
        response
    }
}

#[api(GET "/x", since = "1.0")]
pub async fn x() -> Result<Json<u8>, Problem> {
    Ok(Json(1))
}
