use actix_web::{HttpResponse, get, web};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/f/{id:[a-z]+}")]
pub async fn x(_: web::Path<String>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
