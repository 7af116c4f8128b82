use actix_web::{get, web::Json};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/b")]
pub async fn b() -> Json<u8> {
    todo!()
}

#[api(unstable(feature = "a"))]
#[get("/a")]
pub async fn a() -> Json<u8> {
    todo!()
}
