use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Who {
    Mail(ByMail),
    Id(ById),
}

#[derive(Serialize, Deserialize)]
pub struct ByMail {
    mail: String,
}

#[derive(Serialize, Deserialize)]
pub struct ById {
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[api(POST "/invite", since = "1.0.0")]
pub async fn invite(Json(_who): Json<Who>) {}
