use rocket::serde::json::Json;
use rocket::{Responder, get};
use versioning_macros::api;

#[derive(Responder)]
pub enum Reply {
    NoContent(()),
    Token(Json<String>),
}

#[api(since = "1.0")]
#[get("/a")]
pub fn a() -> Reply {
    todo!()
}
