mod api;

use actix_web::{App, HttpServer};

#[actix_web::main]
async fn main() {
    let server = HttpServer::new(|| App::new().configure(api::pets).configure(api::toys));
    server.bind("0.0.0.0:1").unwrap().run().await.unwrap();
}
