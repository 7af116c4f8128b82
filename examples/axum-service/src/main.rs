//! A small pet service: axum's router holds the paths, so each mark states its route.

mod pets;

use axum::Router;
use axum::routing::{get, post};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let router = Router::new()
        .route("/pets", get(pets::search).post(pets::add))
        .route("/pets/{id}", get(pets::find).delete(pets::remove))
        .route("/pets/{id}/photo", post(pets::upload_photo));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, router).await
}
