use actix_web::{HttpResponse, Responder, get};
use versioning_macros::api;

fn render(name: &str) -> HttpResponse {
    templates::page_of(name, 2)
}

#[api(since = "1.0")]
#[get("/x")]
pub async fn x() -> impl Responder {
    render("x")
}
