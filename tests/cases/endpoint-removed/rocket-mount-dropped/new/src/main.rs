use rocket::serde::json::Json;
use rocket::{get, launch, routes};
use versioning_macros::api;

#[get("/pets")]
#[api(since = "1.0")]
fn list_pets() -> Json<u8> {
    Json(1)
}

#[get("/toys")]
#[api(since = "1.0")]
fn list_toys() -> Json<u8> {
    Json(1)
}

fn toys() -> Vec<rocket::Route> {
    routes![list_toys]
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![list_pets])
}
