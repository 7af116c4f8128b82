use rocket::serde::json::Json;
use rocket::{Build, Rocket, get};
use rocket_okapi::{openapi, openapi_get_routes};
use versioning_macros::api;

#[api(since = "1.0.0")]
#[openapi(tag = "letters")]
#[get("/a")]
fn a() -> Json<u8> {
    Json(1)
}

#[api(since = "1.0.0")]
#[openapi(tag = "letters")]
#[get("/b")]
fn b() -> Json<u8> {
    Json(1)
}

pub fn app() -> Rocket<Build> {
    rocket::build().mount("/", openapi_get_routes![a, b])
}
