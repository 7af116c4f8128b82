use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::{Validate, ValidationErrors};
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Index {
    pub lookup: Option<bool>,
    pub range: Option<bool>,
    pub memory: Option<u32>,
    pub disk: Option<u32>,
}

impl Validate for Index {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let Index { lookup, range, .. } = self;
        check(lookup, range)
    }
}

fn check(lookup: &Option<bool>, range: &Option<bool>) -> Result<(), ValidationErrors> {
    if lookup.is_none() && range.is_none() { Err(ValidationErrors::new()) } else { Ok(()) }
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(index: Json<Index>) -> HttpResponse {
    todo!()
}
