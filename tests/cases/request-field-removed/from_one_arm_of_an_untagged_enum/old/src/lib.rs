use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct Invite {
    #[serde(flatten)]
    who: Who,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

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
}

#[api(POST "/invite", since = "1.0.0")]
pub async fn invite(Json(_invite): Json<Invite>) {}
