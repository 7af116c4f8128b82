use serde::Serialize;
use versioning_macros::api;
use actix_web::{HttpResponse, get};

#[derive(Serialize)]
pub struct T {
    a: u8,
}

fn load() -> T {
    todo!()
}

fn written(found: T) -> HttpResponse {
    library::write(found)
}

#[api(since = "1.0")]
#[get("/f")]
pub async fn f() -> HttpResponse {
    written(load())
}
