use rocket::{get, http::Status, routes, serde::json::Json, Build, Rocket};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/a")]
pub fn a() -> (Status, Json<u8>) {
    (Status::Accepted, Json(1))
}

pub fn build() -> Rocket<Build> {
    rocket::build().mount("/", routes![a])
}
