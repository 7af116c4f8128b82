//! The server-server API.

use actix_web::{App, HttpServer, get, web};
use serde::Serialize;
use versioning_macros::api;

/// An event as servers exchange it.
#[derive(Serialize)]
pub struct Event {
    pub id: String,
}

/// Rooms of version 6: what is stable in them never changes.
#[api(message, edition = "6", since = "1.1")]
#[derive(Serialize)]
pub struct Room {
    pub creator: String,
}

/// One event.
#[api(since = "1.1")]
#[get("/federation/v1/event/{id}")]
async fn event(id: web::Path<String>) -> web::Json<Event> {
    web::Json(Event { id: id.into_inner() })
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(event)).bind(("127.0.0.1", 8448))?.run().await
}
