use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct Send {
    id: u32,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Kind {
    Text { to: String, text: String },
    Image { to: String, url: String },
}

#[api(POST "/send", since = "1.0.0")]
pub async fn send(Json(send): Json<Send>) -> Json<Send> {
    Json(send)
}
