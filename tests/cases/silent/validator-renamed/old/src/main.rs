use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::{Validate, ValidationError};
use versioning_macros::api;

#[derive(Deserialize, Validate)]
pub struct Index {
    #[validate(custom(function = "check"))]
    pub name: String,
}

fn check(name: &str) -> Result<(), ValidationError> {
    held(name)
}

fn held(name: &str) -> Result<(), ValidationError> {
    if name.len() > 20 { Err(ValidationError::new("name")) } else { Ok(()) }
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(index: Json<Index>) -> HttpResponse {
    todo!()
}
