use actix_web::{App, HttpServer, get, web};
use versioning_macros::api;

#[get("/pets")]
#[api(since = "1.0")]
async fn pets() -> &'static str {
    "pets"
}

#[api(since = "1.0")]
async fn health() -> &'static str {
    "well"
}

#[actix_web::main]
async fn main() {
    let server = HttpServer::new(|| App::new().route("/health", web::get().to(health)).service(web::scope("/api")));
    server.bind("0.0.0.0:1").unwrap().run().await.unwrap();
}
