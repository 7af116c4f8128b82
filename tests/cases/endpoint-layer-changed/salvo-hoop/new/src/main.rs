use salvo::prelude::*;
use versioning_macros::api;

#[handler]
#[api(since = "1.0")]
async fn list() -> Json<u8> {
    Json(1)
}

#[handler]
async fn auth(request: &mut Request, response: &mut Response, ctrl: &mut FlowCtrl) {
    if request.header::<String>("x").is_none() {
        response.status_code(StatusCode::UNAUTHORIZED);
        ctrl.skip_rest();
    }
}

#[tokio::main]
async fn main() {
    let router = Router::new().push(Router::with_path("pets").hoop(auth).get(list));
    let acceptor = TcpListener::new("0.0.0.0:1").bind().await;
    Server::new(acceptor).serve(router).await;
}
