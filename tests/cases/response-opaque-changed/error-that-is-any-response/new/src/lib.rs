use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u32,
}

#[derive(Serialize)]
pub struct Problem {
    error: String,
}

fn failed() -> Response {
    (StatusCode::NOT_FOUND, Json(Problem { error: String::new() })).into_response()
}

#[api(GET "/a", since = "1.0")]
pub async fn a() -> Result<Json<Item>, Response> {
    Err(failed())
}
