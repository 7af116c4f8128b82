use actix_web::{HttpResponse, get, web};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/f/{id:[0-9]+}")]
pub async fn x(_: web::Path<String>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
