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
async fn find(id: PathParam<u64>, verbose: QueryParam<bool, false>, _since: QueryParam<u64, false>) -> Json<Note> {
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

#[endpoint(
    parameters(("loud" = bool, Query, description = "Out loud")),
    responses((status_code = 200, body = Note), (status_code = 409, body = String))
)]
async fn described() -> Json<Note> {
    Json(Note { id: 1, text: None })
}

/// A handler that is a type.
pub struct Up;

#[endpoint]
impl Up {
    async fn handle(&self, note: JsonBody<Note>) -> Json<u64> {
        Json(note.into_inner().id)
    }
}

#[handler]
async fn by_code(req: &mut Request) -> String {
    let next = req.query::<String>("next").unwrap_or_default();
    let token = req.header::<String>("x-token");
    token.unwrap_or(next) + &more(req)
}

fn more(req: &mut Request) -> String {
    req.query::<u32>("more").unwrap_or_default().to_string()
}

#[handler]
async fn parsed(req: &mut Request) -> String {
    match req.parse_json::<Note>().await {
        Ok(note) => note.id.to_string(),
        Err(_) => String::new(),
    }
}

fn by_hand() -> Router {
    use salvo::routing::{filters, Filter};
    Router::with_path("by-hand")
        .push(Router::with_path("code/{id:num}").get(by_code).post(parsed))
        .push(Router::with_path("up").post(Up))
        .push(Router::with_filter(filters::path("described").and(filters::get())).goal(described))
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
    for router in [first, files(), by_hand()] {
        all = all.push(router);
    }
    all.path("api")
}

/// Serves it.
pub async fn run() {
    let acceptor = TcpListener::new("127.0.0.1:0").bind().await;
    Server::new(acceptor).serve(root()).await;
}
