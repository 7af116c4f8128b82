use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Note {
    pub id: u32,
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> Response {
    match load().await {
        Ok(note) => (StatusCode::OK, Json(note)).into_response(),
        Err(error) => failed(&error),
    }
}

async fn load() -> Result<Note, elsewhere::Error> {
    todo!()
}

fn failed(error: &elsewhere::Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}
