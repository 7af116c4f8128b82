use actix_web::{HttpResponse, post};
use deserr::Deserr;
use deserr::actix_web::AwebJson;
use deserr::errors::JsonError;
use versioning_macros::api;

#[derive(Deserr)]
#[deserr(error = JsonError)]
pub struct A {
    #[deserr(try_from(String) = parse -> Wrong)]
    at: Day,
}

pub struct Day(u32);

fn parse(of: String) -> Result<Day, Wrong> {
    todo!()
}

#[api(since = "1.0")]
#[post("/a")]
pub async fn a(body: AwebJson<A, JsonError>) -> HttpResponse {
    HttpResponse::NoContent().finish()
}
