use actix_web::{http::header, web};
use versioning_macros::api;

#[api(since = "1.0")]
#[actix_web::get("/x")]
pub async fn x() -> String {
    String::new()
}
