use actix_web::{HttpResponse, post};
use versioning_macros::api;

#[api(since = "1.0")]
#[post("/a")]
async fn a() -> Result<HttpResponse, actix_web::Error> {
    let mut builder = if late() {
        HttpResponse::ResetContent()
    } else {
        let mut builder = HttpResponse::Accepted();
        builder.insert_header(("location", "/b"));
        builder
    };
    Ok(builder.finish())
}
