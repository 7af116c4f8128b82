use actix_web::{HttpResponse, Responder, get};
use versioning_macros::api;

fn render(name: &str) -> HttpResponse {
    templates::page(name)
}

#[api(since = "1.0")]
#[get("/x")]
pub async fn x() -> impl Responder {
    render("x")
}
