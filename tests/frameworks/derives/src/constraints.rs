//! validator and garde.

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use validator::Validate;

#[derive(Deserialize, Validate)]
pub struct ByValidator {
    #[validate(length(min = 1, max = 8))]
    pub name: String,
    #[validate(email)]
    pub mail: String,
    #[validate(url)]
    pub page: Option<String>,
    #[validate(range(min = 1, max = 5))]
    pub few: u8,
    #[validate(nested)]
    pub inner: Inner,
    #[validate(length(max = 3))]
    pub tags: Vec<String>,
    #[validate(custom(function = "even"))]
    pub even: u8,
}

#[derive(Deserialize, Validate)]
pub struct Inner {
    #[validate(length(equal = 2))]
    pub code: String,
}

fn even(number: u8) -> Result<(), validator::ValidationError> {
    if number.is_multiple_of(2) {
        Ok(())
    } else {
        Err(validator::ValidationError::new("odd"))
    }
}

#[derive(Deserialize, garde::Validate)]
pub struct ByGarde {
    #[garde(length(min = 1, max = 8), ascii)]
    pub name: String,
    #[garde(range(min = 1, max = 5))]
    pub few: u8,
    #[garde(skip)]
    pub free: String,
    #[garde(prefix("x-"))]
    pub start: String,
    #[garde(inner(length(max = 3)))]
    pub tags: Vec<String>,
}

async fn validator(Json(body): Json<ByValidator>) -> StatusCode {
    match body.validate() {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

async fn garde(Json(body): Json<ByGarde>) -> StatusCode {
    match garde::Validate::validate(&body) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

async fn unchecked(Json(body): Json<Inner>) -> String {
    body.code
}

pub fn router() -> Router {
    Router::new()
        .route("/constraints/validator", post(validator))
        .route("/constraints/garde", post(garde))
        .route("/constraints/unchecked", post(unchecked))
}
