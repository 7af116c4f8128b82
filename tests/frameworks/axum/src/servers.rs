//! A second server of the package, which answers a route of the first one.

use crate::branches::Flags;
use axum::routing::get;
use axum::Router;
use tokio::net::TcpListener;

async fn alive() -> &'static str {
    "alive"
}

async fn counters() -> String {
    String::new()
}

/// The one for operators.
pub async fn operators() -> std::io::Result<()> {
    let app = Router::new().route("/always", get(alive)).route("/counters", get(counters));
    axum::serve(TcpListener::bind("127.0.0.1:0").await?, app).await
}

/// The one for users.
pub async fn users(flags: &Flags, base: &str) -> std::io::Result<()> {
    let app = crate::app(flags, base);
    axum::serve(TcpListener::bind("127.0.0.1:0").await?, app).await
}
