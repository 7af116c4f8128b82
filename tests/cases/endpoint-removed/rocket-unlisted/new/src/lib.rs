use rocket::{get, routes, Build, Rocket};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/a")]
pub fn a() -> String {
    String::new()
}

#[api(since = "1.0")]
#[get("/b")]
pub fn b() -> String {
    String::new()
}

pub fn build() -> Rocket<Build> {
    rocket::build().mount("/", routes![a])
}
