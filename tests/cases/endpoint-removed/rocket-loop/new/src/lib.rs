use rocket::{get, routes, Build, Rocket, Route};
use versioning_macros::api;

const VERSIONS: &[&str] = &["/v2"];

#[api(since = "1.0")]
#[get("/a")]
pub fn a() -> String {
    String::new()
}

fn listed() -> Vec<Route> {
    routes![a]
}

pub fn build(mut rocket: Rocket<Build>) -> Rocket<Build> {
    for version in VERSIONS {
        rocket = rocket.mount(format!("{version}/x"), listed());
    }
    rocket
}
