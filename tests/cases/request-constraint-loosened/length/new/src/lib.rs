use actix_web::{HttpResponse, post};
use actix_web_validator::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, validator::Validate)]
pub struct T {
    #[validate(length(max = 10))]
    a: String,
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(_: Json<T>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
