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
    Packed,
}

#[derive(Deserialize, Validate)]
pub struct Index {
    #[validate(custom(function = "check_kind"))]
    pub kind: Option<Kind>,
}

fn check_kind(kind: &Kind) -> Result<(), ValidationError> {
    if matches!(kind, Kind::Packed) {
        return Err(ValidationError::new("kind"));
    }
    Ok(())
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(index: Json<Index>) -> HttpResponse {
    todo!()
}
