use actix_web::{get, web};
use versioning_macros::api;

#[get("/pets")]
#[api(since = "1.0")]
async fn list_pets() -> web::Json<u8> {
    web::Json(1)
}

#[get("/toys")]
#[api(since = "1.0")]
async fn list_toys() -> web::Json<u8> {
    web::Json(1)
}

pub fn pets(cfg: &mut web::ServiceConfig) {
    cfg.service(list_pets);
}

pub fn toys(cfg: &mut web::ServiceConfig) {
    cfg.service(list_toys);
}
