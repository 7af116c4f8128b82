use axum::{Router, routing::get};
use versioning_macros::api;

trait Module {
    fn router(&self) -> Router;
}

struct Pets;

struct Toys;

impl Module for Pets {
    fn router(&self) -> Router {
        Router::new().route("/pets", get(all))
    }
}

impl Module for Toys {
    fn router(&self) -> Router {
        Router::new().route("/toys", get(all))
    }
}

#[api(since = "1.0")]
async fn all() -> &'static str {
    "all"
}

#[tokio::main]
async fn main() {
    let modules: Vec<Box<dyn Module>> = vec![Box::new(Pets), Box::new(Toys)];
    let app = modules.iter().fold(Router::new(), |app, module| app.merge(module.router()));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:1").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
