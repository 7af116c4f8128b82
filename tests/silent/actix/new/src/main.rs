mod orders;
mod wire;

use actix_web::web::ServiceConfig;
use actix_web::{App, HttpServer, web};
use orders::{create as make, find, list, remove};

pub fn app(config: &mut ServiceConfig) {
    config.service(
        web::scope("/api")
            .service(remove)
            .service(find)
            .service(list)
            .service(make),
    );
}

fn main() {
    let _ = HttpServer::new(|| App::new().configure(app));
}
