use actix_web::{get, web};
use versioning_macros::api;

#[utoipa::path(responses((status = 200, body = u8)), security(("token" = [])))]
#[get("/orders")]
#[api(since = "1.0")]
pub async fn orders() -> web::Json<u8> {
    web::Json(1)
}
