use actix_web::{HttpResponse, get};
use versioning_macros::api;

#[get("/x")]
pub async fn x() -> HttpResponse {
    HttpResponse::Ok().finish()
}

#[api(GET "/y", since = "1.0")]
pub async fn y() {}
