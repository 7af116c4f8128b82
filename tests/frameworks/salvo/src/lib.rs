//! Every shape of a Salvo server: trees of routers, endpoints and handlers, extractors.

use salvo::oapi::extract::{CookieParam, FormBody, HeaderParam, JsonBody, PathParam, QueryParam};
use salvo::oapi::{endpoint, ToSchema};
use salvo::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, ToSchema)]
pub struct Note {
    pub id: u64,
    pub text: Option<String>,
}

#[endpoint]
async fn find(id: PathParam<u64>, verbose: QueryParam<bool, false>) -> Json<Note> {
    let _ = verbose;
    Json(Note { id: id.into_inner(), text: None })
}

#[endpoint(status_codes(201, 409))]
async fn add(note: JsonBody<Note>, key: HeaderParam<String, true>) -> Json<Note> {
    let _ = key;
    Json(note.into_inner())
}

#[endpoint]
async fn sign_in(form: FormBody<Note>, session: CookieParam<String, false>) -> &'static str {
    let _ = (form, session);
    "in"
}

#[handler]
async fn raw(request: &mut Request, response: &mut Response) {
    response.render(Text::Plain(request.uri().to_string()));
}

#[endpoint]
async fn list() -> Json<Vec<Note>> {
    Json(Vec::new())
}

fn users() -> Router {
    Router::with_path("users").get(list).push(Router::with_path("{id}").get(find).post(add))
}

fn files() -> Router {
    Router::with_path("files/{**path}").get(raw).goal(raw)
}

/// Everything.
pub fn root() -> Router {
    let mut all = Router::new();
    let first = Router::with_path("v1").push(users()).push(Router::with_path("sign-in").post(sign_in));
    for router in [first, files()] {
        all = all.push(router);
    }
    all.path("api")
}

/// Serves it.
pub async fn run() {
    let acceptor = TcpListener::new("127.0.0.1:0").bind().await;
    Server::new(acceptor).serve(root()).await;
}
