use actix_web::{HttpResponse, get};
use actix_web_validator::Query;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;
use validator::Validate;
use versioning_macros::api;

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z]{2,9}$").unwrap());

#[derive(Deserialize, Validate)]
pub struct Search {
    #[validate(regex(path = "*NAME"))]
    name: String,
}

#[api(since = "1.0", responses(204))]
#[get("/a")]
async fn a(_: Query<Search>) -> HttpResponse {
    HttpResponse::NoContent().finish()
}
