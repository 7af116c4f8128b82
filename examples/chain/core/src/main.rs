//! Chain Core: an API for clients, and a dashboard for people.

mod client;
mod dashboard;

use actix_web::{App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(client::accounts).service(client::transfer).service(dashboard::totals))
        .bind(("127.0.0.1", 1999))?
        .run()
        .await
}
