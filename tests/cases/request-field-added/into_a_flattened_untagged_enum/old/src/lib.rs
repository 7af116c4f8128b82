use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct Send {
    id: u32,
    to: String,
    text: String,
}

#[api(POST "/send", since = "1.0.0")]
pub async fn send(Json(send): Json<Send>) -> Json<Send> {
    Json(send)
}
