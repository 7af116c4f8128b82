use rocket::{get, post, routes, Build, Rocket};
use versioning_macros::api;

/// Finds a user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[get("/users/<id>")]
pub fn above(id: u64) -> String {
    id.to_string()
}

/// Finds a user, too.
#[get("/members/<id>")]
#[api(since = "1.0", deprecated(since = "1.4"))]
pub fn below(id: u64) -> String {
    id.to_string()
}

/// Adds a user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[post("/users", data = "<name>")]
#[api(POST "/users", since = "1.1", deprecated(since = "1.4"))]
pub async fn both(name: String) -> String {
    name
}

/// The server.
pub fn server() -> Rocket<Build> {
    rocket::build().mount("/", routes![above, below, both])
}
