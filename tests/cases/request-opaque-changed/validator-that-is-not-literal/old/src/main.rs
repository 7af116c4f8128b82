use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::{Validate, ValidationError};
use versioning_macros::api;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Plain,
    Small,
}

#[derive(Deserialize, Validate)]
pub struct Index {
    pub kind: Option<Kind>,
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(index: Json<Index>) -> HttpResponse {
    todo!()
}
