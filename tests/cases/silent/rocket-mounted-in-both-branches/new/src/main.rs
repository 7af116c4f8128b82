use rocket::serde::json::Json;
use rocket::{get, launch, routes};
use versioning_macros::api;

#[get("/pets")]
#[api(since = "1.0")]
fn list_pets() -> Json<u8> {
    Json(1)
}

#[get("/hooks")]
fn list_hooks() -> Json<u8> {
    Json(1)
}

#[launch]
fn rocket() -> _ {
    let rocket = rocket::build();
    if std::env::var("HOOKS").is_ok() {
        rocket.mount("/", routes![list_pets, list_hooks])
    } else {
        rocket.mount("/", routes![list_pets])
    }
}
