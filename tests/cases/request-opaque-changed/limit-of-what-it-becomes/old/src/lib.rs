use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::Validate;
use versioning_macros::api;

#[derive(Deserialize, Validate)]
#[serde(from = "u32")]
pub struct Set {
    #[validate(range(max = 9))]
    pub n: u32,
}

impl From<u32> for Set {
    fn from(n: u32) -> Self {
        Set { n }
    }
}

#[api(since = "1.0")]
#[post("/set")]
async fn set(body: Json<Set>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
