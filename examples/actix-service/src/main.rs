//! A small order service: actix's attributes hold method and path, the marks only say since when.
//!
//! This release is wrong on purpose: 2.5.0 breaks what 2.4.0 promised.

mod orders;

use actix_web::{App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(orders::place).service(orders::find).service(orders::list))
        .bind(("127.0.0.1", 8080))?
        .run()
        .await
}
