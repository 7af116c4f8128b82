use rocket::{post, routes, serde::json::Json, Build, Rocket};
use versioning_macros::api;

#[api(since = "1.0")]
#[post("/a", format = "json", data = "<n>")]
pub fn a(n: Json<u8>) -> String {
    n.to_string()
}

pub fn build() -> Rocket<Build> {
    rocket::build().mount("/", routes![a])
}
