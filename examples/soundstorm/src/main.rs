//! An instance: an HTTP API, the messages by which instances federate, and what operators configure.

use actix_web::{App, HttpServer, get, web};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// What an operator writes.
#[api(config, since = "0.9")]
#[derive(Deserialize)]
pub struct Settings {
    pub host: String,
}

/// An activity, sent and received.
#[api(message, since = "0.9")]
#[derive(Serialize, Deserialize)]
pub struct Listen {
    pub track: String,
}

/// How to search.
#[derive(Deserialize)]
pub struct Search {
    pub title: String,
}

/// Finds tracks.
#[api(since = "0.9")]
#[get("/tracks")]
async fn tracks(search: web::Query<Search>) -> web::Json<Vec<String>> {
    web::Json(vec![search.into_inner().title])
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(tracks)).bind(("127.0.0.1", 3000))?.run().await
}
