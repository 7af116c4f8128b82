use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::Validate;
use versioning_macros::api;

#[derive(Deserialize, Validate)]
pub struct Least {
    #[validate(range(min = 1))]
    pub count: usize,
}

#[derive(Deserialize, Validate)]
#[serde(try_from = "Shadow")]
pub struct Set {
    #[validate(nested)]
    pub least: Option<Least>,
    #[validate(range(max = 5))]
    pub n: u32,
}

#[derive(Deserialize)]
struct Shadow {
    least: Option<Least>,
    n: u32,
}

impl TryFrom<Shadow> for Set {
    type Error = String;

    fn try_from(shadow: Shadow) -> Result<Self, String> {
        Ok(Set { least: shadow.least, n: shadow.n })
    }
}

#[api(since = "1.0")]
#[post("/set")]
async fn set(body: Json<Set>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
