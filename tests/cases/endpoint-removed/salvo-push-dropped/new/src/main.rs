use salvo::prelude::*;
use versioning_macros::api;

#[handler]
#[api(since = "1.0")]
async fn list() -> Json<u8> {
    Json(1)
}

fn toys() -> Router {
    Router::with_path("toys").get(list)
}

#[tokio::main]
async fn main() {
    let router = Router::new().push(Router::with_path("pets").get(list));
    let acceptor = TcpListener::new("0.0.0.0:1").bind().await;
    Server::new(acceptor).serve(router).await;
}
