use rocket::{get, response::Redirect};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/<name>")]
fn a(name: &str) -> Option<Redirect> {
    somewhere(name)
}

fn somewhere(name: &str) -> Option<Redirect> {
    elsewhere::found(name)
}
