use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::{Validate, ValidationError, ValidationErrors};
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Outer {
    pub inner: Inner,
}

impl Validate for Outer {
    fn validate(&self) -> Result<(), ValidationErrors> {
        self.inner.validate()
    }
}

#[derive(Deserialize, Validate)]
pub struct Inner {
    #[validate(length(max = 9))]
    pub name: String,
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(outer: Json<Outer>) -> HttpResponse {
    todo!()
}
