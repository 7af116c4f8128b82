use actix_web::{get, post, route, web};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// A user.
#[derive(Debug, Deserialize, Serialize)]
#[api(since = "1.0")]
pub struct User {
    /// Known to everybody.
    #[api(since = "1.0")]
    pub id: u64,
}

/// Finds a user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[get("/users/{id}")]
pub async fn above(id: web::Path<u64>) -> web::Json<User> {
    web::Json(User { id: *id })
}

/// Adds a user.
#[post("/users")]
#[api(since = "1.0", deprecated(since = "1.4"))]
pub async fn below(user: web::Json<User>) -> web::Json<User> {
    user
}

/// Both.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[route("/ping", method = "GET", method = "HEAD")]
#[versioning_macros::api(HEAD "/ping", since = "1.1", deprecated(since = "1.4"))]
pub async fn both() -> &'static str {
    "pong"
}

/// The routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(above).service(below).service(both);
}
