use actix_web::{get, web};
use versioning_macros::api;

#[get("/orders")]
#[api(since = "1.0")]
pub async fn orders() -> web::Json<u8> {
    web::Json(1)
}
