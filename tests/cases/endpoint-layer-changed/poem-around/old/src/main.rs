use poem::{Endpoint, EndpointExt, Request, Result, Route, Server, get, handler, listener::TcpListener, web::Json};
use versioning_macros::api;

#[handler]
#[api(since = "1.0")]
fn list() -> Json<u8> {
    Json(1)
}

async fn auth<E: Endpoint>(next: E, request: Request) -> Result<E::Output> {
    next.call(request).await
}

#[tokio::main]
async fn main() {
    let app = Route::new().at("/pets", get(list));
    Server::new(TcpListener::bind("0.0.0.0:1")).run(app).await.unwrap();
}
