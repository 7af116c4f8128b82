use actix_web::{HttpResponse, get};
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize, utoipa::ToSchema)]
pub struct T {
    a: u8,
    b: u8,
}

fn load() -> Result<String, std::fmt::Error> {
    todo!()
}

#[api(since = "1.0")]
#[utoipa::path(responses((status = 200, body = T)))]
#[get("/f")]
pub async fn f() -> Result<HttpResponse, std::fmt::Error> {
    Ok(HttpResponse::Ok().content_type("application/json").body(load()?))
}
