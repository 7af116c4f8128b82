use rocket::{get, launch, routes};
use versioning_macros::api;

#[api(since = "1.0.0")]
#[get("/users?<page>")]
fn by_page(page: u32) -> String {
    format!("{page:?}")
}

#[api(since = "1.0.0")]
#[get("/users?<page>", rank = 5)]
fn all(page: Option<&str>) -> String {
    format!("{page:?}")
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![by_page, all])
}
