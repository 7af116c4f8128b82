use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Answer<D> {
    result: D,
}

fn answered<T: Serialize>(result: T) -> HttpResponse {
    HttpResponse::Ok().json(Answer { result })
}

#[api(since = "1.0")]
#[get("/a")]
async fn a(store: web::Data<elsewhere::Store>) -> HttpResponse {
    answered(store.find("a"))
}

#[api(since = "1.0")]
#[get("/b")]
async fn b(store: web::Data<elsewhere::Store>) -> HttpResponse {
    answered(store.find("b"))
}

#[api(since = "1.0")]
#[get("/c")]
async fn c(store: web::Data<elsewhere::Store>) -> HttpResponse {
    elsewhere::answer(&store, 1)
}
