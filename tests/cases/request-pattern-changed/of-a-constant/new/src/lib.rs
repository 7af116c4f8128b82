use actix_web::{HttpResponse, post, web};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;
use validator::Validate;
use versioning_macros::api;

static RE_A: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z]{2,9}$").unwrap());
static RE_B: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[a-z]{2,9}$").unwrap());
static RE_C: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z0-9]{2,9}$").unwrap());

#[derive(Deserialize, Validate)]
pub struct Body {
    #[validate(regex(path = "*RE_B"))]
    same: String,
    #[validate(regex(path = "*RE_C"))]
    other: String,
}

#[api(since = "1.0")]
#[post("/a")]
async fn a(body: web::Json<Body>) -> HttpResponse {
    body.validate().unwrap();
    HttpResponse::Ok().finish()
}
