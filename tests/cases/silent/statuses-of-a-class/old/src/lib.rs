use rocket::{get, response::Redirect};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/<name>")]
fn a(name: &str) -> Option<Redirect> {
    if name.is_empty() {
        return None;
    }
    match name.len() {
        1 => Some(Redirect::found("/b")),
        2 => Some(Redirect::temporary("/b")),
        _ => None,
    }
}
