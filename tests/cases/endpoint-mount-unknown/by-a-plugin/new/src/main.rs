mod api;

use actix_web::{App, HttpServer};

#[actix_web::main]
async fn main() {
    let server = HttpServer::new(|| {
        let mut app = App::new().configure(api::pets);
        for part in plugins::parts() {
            app = app.configure(part);
        }
        app
    });
    server.bind("0.0.0.0:1").unwrap().run().await.unwrap();
}
