use axum::{Json, Router, http::StatusCode, response::{IntoResponse, Response}, routing::get};
use versioning_macros::api;

#[derive(serde::Serialize)]
pub struct Problem {
    detail: String,
}

pub struct Failure(String);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (status(), Json(Problem { detail: self.0 })).into_response()
    }
}

fn status() -> StatusCode {
    elsewhere::status()
}

#[api(since = "1.0")]
pub async fn a() -> Result<Json<u8>, Failure> {
    Ok(Json(1))
}

pub fn app() -> Router {
    Router::new().route("/a", get(a))
}
