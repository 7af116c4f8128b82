use actix_web::{get, web::Json};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/b")]
pub async fn b() -> Json<u8> {
    todo!()
}

#[get("/a")]
pub async fn a() -> Json<u16> {
    todo!()
}
