mod api;

use actix_web::{App, HttpServer};

#[actix_web::main]
async fn main() {
    let server = HttpServer::new(|| App::new().configure(api::pets));
    server.bind("0.0.0.0:2").unwrap().run().await.unwrap();
}
