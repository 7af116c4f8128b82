use actix_web::{HttpResponse, error, get};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/a")]
pub async fn a() -> actix_web::Result<HttpResponse> {
    let found = store::find().await.map_err(error::ErrorGone)?;
    Ok(HttpResponse::Ok().json(found))
}

#[api(since = "1.0")]
#[get("/b")]
pub async fn b() -> Result<String, actix_web::Error> {
    if store::full() {
        return Err(error::ErrorLocked("full"));
    }
    Ok(String::new())
}
