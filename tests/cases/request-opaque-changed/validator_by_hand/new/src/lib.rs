use actix_web::{HttpResponse, put};
use actix_web_validator::Json;
use serde::Deserialize;
use validator::{Validate, ValidationErrors};
use versioning_macros::api;

#[derive(Deserialize, Validate)]
pub struct Point {
    #[validate(nested)]
    vector: Vector,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Vector {
    Dense(Vec<f32>),
    Named(String),
}

impl Validate for Vector {
    fn validate(&self) -> Result<(), ValidationErrors> {
        match self {
            Vector::Dense(v) => not_empty(v),
            Vector::Named(_) => Ok(()),
        }
    }
}

#[api(since = "1.0.0")]
#[put("/points")]
pub async fn put(_point: Json<Point>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
