use axum::{Json, Router, routing::get};
use versioning_macros::api;

#[api(since = "1.0")]
async fn list() -> Json<u8> {
    Json(1)
}

fn pets() -> Router {
    Router::new().route("/pets", get(list))
}

mod toys {
    use axum::{Router, routing::get};

    pub fn routes() -> Router {
        Router::new().route("/toys", get(super::list))
    }
}

mod food {
    use axum::{Router, routing::get};

    pub fn routes() -> Router {
        Router::new().route("/food", get(super::list))
    }
}

#[tokio::main]
async fn main() {
    let app = pets().nest("/api", food::routes());
    let listener = tokio::net::TcpListener::bind("0.0.0.0:1").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
