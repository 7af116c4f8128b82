//! The client-server API.

use actix_web::{App, HttpServer, get, put, web};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// What a server supports.
#[derive(Serialize)]
pub struct Versions {
    pub versions: Vec<String>,
}

/// A message to a room.
#[derive(Deserialize)]
pub struct Message {
    pub body: String,
}

/// The id of an event.
#[derive(Serialize)]
pub struct Sent {
    pub event_id: String,
}

/// What this server supports.
#[api(since = "1.1")]
#[get("/versions")]
async fn versions() -> web::Json<Versions> {
    web::Json(Versions { versions: vec!["v1.1".to_owned()] })
}

/// Waits for what is new.
#[api(since = "1.1")]
#[get("/client/v3/sync")]
async fn sync() -> web::Json<Vec<Sent>> {
    web::Json(Vec::new())
}

/// Sends a message.
#[api(since = "1.1")]
#[put("/client/v3/send/{room}")]
async fn send(room: web::Path<String>, message: web::Json<Message>) -> web::Json<Sent> {
    web::Json(Sent { event_id: room.into_inner() + &message.body })
}

/// The room that an alias names.
#[api(unstable(feature = "org.example.alias"))]
#[get("/client/unstable/org.example.alias/alias/{alias}")]
async fn alias(alias: web::Path<String>) -> web::Json<Sent> {
    web::Json(Sent { event_id: alias.into_inner() })
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(versions).service(sync).service(send).service(alias))
        .bind(("127.0.0.1", 8008))?
        .run()
        .await
}
