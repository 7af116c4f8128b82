use rocket::{form::FromForm, get, routes, Build, Rocket};
use versioning_macros::api;

#[derive(FromForm)]
pub struct Page {
    #[field(validate = range(1..=100))]
    size: u32,
}

#[api(since = "1.0")]
#[get("/a?<page..>")]
pub fn a(page: Page) -> String {
    page.size.to_string()
}

pub fn build() -> Rocket<Build> {
    rocket::build().mount("/", routes![a])
}
