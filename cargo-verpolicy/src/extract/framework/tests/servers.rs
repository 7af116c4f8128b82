//! Ways to build and serve routers that real servers have shown: the endpoints, and what is said where they cannot be
//! read.

use super::read;

/// Dependencies, source, printed endpoints, and a part of every blind spot about routes.
type Program = (&'static [&'static str], &'static str, &'static [&'static str], &'static [&'static str]);

const PROGRAMS: &[Program] = &[
    // axum-extra's resources.
    (
        &["axum", "axum-extra", "tokio"],
        "use axum::{Router, extract::Path}; use axum_extra::routing::Resource;
        async fn index() {} async fn create() {} async fn show(Path(id): Path<u64>) {}
        async fn main() {
            let users = Resource::named(\"users\").index(index).create(create).show(show);
            axum::serve(l, Router::new().merge(users)).await;
        }",
        &["GET /users", "POST /users", "GET /users/{users_id}"],
        &[],
    ),
    // loco's routes are axum's.
    (
        &["axum", "loco-rs"],
        "use loco_rs::{app::Hooks, controller::{AppRoutes, Routes}}; use axum::routing::{get, post};
        pub struct App;
        impl Hooks for App {
            fn routes(_ctx: &AppContext) -> AppRoutes {
                AppRoutes::with_default_routes().prefix(\"/api\").add_route(auth::routes()).add_routes(vec![notes::routes()])
            }
        }
        async fn h() {}
        mod auth { use super::*; pub fn routes() -> Routes { Routes::new().prefix(\"/auth\").add(\"/login\", post(h)) } }
        mod notes { use super::*; pub fn routes() -> Routes { Routes::at(\"notes\").add(\"/\", get(h)).add(\"{id}\", get(h)) } }",
        &["POST /api/auth/login", "GET /api/notes", "GET /api/notes/{id}"],
        &[],
    ),
    // salvo's methods that make handlers, and filters as methods.
    (
        &["salvo"],
        "use salvo::prelude::*; use salvo::routing::{PathFilter, filters};
        pub struct Shop;
        #[craft] impl Shop { #[craft(handler)] fn list(&self, page: QueryParam<i64, true>) -> String { todo!() } }
        #[handler] async fn find() {}
        async fn main() {
            let shop = std::sync::Arc::new(Shop);
            let router = Router::new()
                .push(Router::with_path(\"pets\").get(shop.list()))
                .push(Router::new().filter(PathFilter::new(\"toys\")).filter(filters::post()).goal(find));
            Server::new(acceptor).serve(router).await;
        }",
        &["GET /pets", "POST /toys"],
        &[],
    ),
    // A filter that asks for nothing answers the rest; one that only lets through hands its answers on.
    (
        &["warp", "tokio"],
        "use warp::{Filter, Rejection, Reply};
        fn auth() -> impl Filter<Extract = (), Error = Rejection> + Clone {
            warp::header::<String>(\"authorization\").map(|_| ()).untuple_one()
        }
        async fn all() -> Result<impl Reply, Rejection> { Ok(\"\") }
        async fn found() -> Result<impl Reply, Rejection> { Ok(\"\") }
        fn query() -> impl Filter<Extract = (impl Reply,), Error = Rejection> + Clone { warp::path(\"q\").and_then(found) }
        async fn main() { warp::serve(warp::path(\"v1\").and(auth()).and(query()).or(warp::any().and_then(all))).await; }",
        &["ANY /v1/q", "ANY /{*rest}"],
        &[],
    ),
    // poem hands whole subtrees to handlers.
    (
        &["poem", "tokio"],
        "use poem::{Route, Server, get, handler};
        #[handler] fn list() -> String { todo!() } #[handler] fn files() -> String { todo!() }
        async fn main() { Server::new(l).run(Route::new().at(\"/pets\", get(list)).nest(\"/files\", files)).await; }",
        &["ANY /files/{*rest}", "GET /pets"],
        &[],
    ),
    // A document serves nothing.
    (
        &["dropshot"],
        "use dropshot::{endpoint, ApiDescription, HttpServerStarter, HttpResponseOk, HttpError, RequestContext};
        #[endpoint { method = GET, path = \"/jobs\" }]
        async fn jobs(_rq: RequestContext<()>) -> Result<HttpResponseOk<String>, HttpError> { todo!() }
        async fn main() {
            let mut api = ApiDescription::new();
            api.register(jobs).unwrap();
            if let Some(path) = std::env::args().nth(1) {
                api.openapi(\"Jobs\", \"1.0\").description(\"x\").write(&mut file)?;
                return Ok(());
            }
            HttpServerStarter::new(&config, api, (), &log)?.start().await
        }",
        &["GET /jobs"],
        &[],
    ),
    // One factory, two ways to serve it.
    (
        &["actix-web", "lambda-web"],
        "use actix_web::{get, web, App, HttpResponse, HttpServer};
        #[get(\"/catalog\")] async fn catalog() -> HttpResponse { todo!() }
        async fn main() -> std::io::Result<()> {
            let factory = move || App::new().service(catalog);
            #[cfg(feature = \"lambda\")]
            if on_lambda() { return lambda_web::run_actix_on_lambda(factory).await; }
            HttpServer::new(factory).bind(1)?.run().await
        }",
        &["GET /catalog"],
        &[],
    ),
    // A prefix that only one branch knows.
    (
        &["actix-web"],
        "use actix_web::{get, web, App, HttpResponse, HttpServer};
        #[get(\"/status\")] async fn status() -> HttpResponse { todo!() }
        fn prefix(url: Option<&str>) -> String { match url { Some(url) => parsed(url), None => \"\".to_string() } }
        async fn main() -> std::io::Result<()> {
            let at = prefix(std::env::var(\"URL\").ok().as_deref());
            HttpServer::new(move || App::new().service(web::scope(&at).service(status))).bind(1)?.run().await
        }",
        &["GET {?}/status"],
        &["a path in `app::main`", "mounted under a prefix"],
    ),
    // What a server is made of stands in a macro; what it serves cannot be read.
    (
        &["actix-web"],
        "use actix_web::{web, App, HttpResponse, HttpServer};
        async fn status() -> HttpResponse { todo!() }
        macro_rules! build { ($x:expr) => { App::new().service(web::resource($x).route(web::get().to(status))) }; }
        async fn main() -> std::io::Result<()> { HttpServer::new(move || build!(\"/status\")).bind(1)?.run().await }
        async fn admin() -> std::io::Result<()> { HttpServer::new(other::app).bind(2)?.run().await }",
        &["GET /status"],
        &["what `app::admin` serves"],
    ),
    // What a block's imports open.
    (
        &["axum", "tokio"],
        "mod api { pub mod users { use axum::{Router, routing::get}; async fn a() {}
            pub fn routes() -> Router { Router::new().route(\"/a\", get(a)) } } }
        async fn main() {
            use api::*;
            use axum::*;
            axum::serve(l, Router::new().nest(\"/u\", users::routes())).await;
        }",
        &["GET /u/a"],
        &[],
    ),
    // A fallback that reads what it is sent; a nested method router.
    (
        &["axum", "tokio"],
        "use axum::{Router, body::Bytes, routing::get};
        async fn list() {} async fn proxy(body: Bytes) {} async fn missing() {} async fn files() {}
        async fn main() {
            axum::serve(l, Router::new().route(\"/a\", get(list)).nest_service(\"/f\", get(files)).fallback(proxy)).await;
            axum::serve(m, Router::new().route(\"/b\", get(list)).fallback(missing)).await;
        }",
        &["GET /a", "GET /b", "GET /f/{*rest}"],
        &["`app::proxy` answers whatever no route"],
    ),
    // Paths and methods as text.
    (
        &["hyper"],
        "pub fn handle(request: Request) -> Response {
            match (request.uri().path(), request.method().as_ref()) {
                (\"/query\", \"GET\" | \"HEAD\") => query(),
                _ => missing(),
            }
        }",
        &[],
        &["`app::handle` matches methods and paths by hand"],
    ),
    // A handler that a method of the project's own adds, nobody knows where.
    (
        &["axum", "tokio"],
        "use axum::{Router, Json, routing::get};
        trait Handler { fn add_to(&self, router: Router) -> Router; }
        trait RouterExt { fn add<H: Handler>(self, handler: &H) -> Self; }
        impl RouterExt for Router { fn add<H: Handler>(self, handler: &H) -> Self { handler.add_to(self) } }
        async fn list() {} async fn log_in(body: Json<u8>) {}
        async fn main() { axum::serve(l, Router::new().route(\"/a\", get(list)).add(&log_in)).await; }",
        &["GET /a", "ANY {?}"],
        &["`.add(…)` in `app::main` serves `app::log_in`", "what `.add_to(…)`"],
    ),
];

#[test]
fn programs_are_read_or_named() {
    let mut wrong = Vec::new();
    for (dependencies, source, endpoints, spots) in PROGRAMS {
        let set = read(dependencies, source);
        let mut ids = set.ids();
        ids.sort_by(|a, b| a.rsplit(' ').next().cmp(&b.rsplit(' ').next()).then(a.cmp(b)));
        let about_routes = ["unknown-route", "unknown-prefix", "other-service"];
        let said = set.blind_spots.iter().filter(|spot| about_routes.contains(&spot.kind.word()));
        let said: Vec<&str> = said.map(|spot| spot.detail.as_str()).collect();
        let named = spots.iter().all(|part| said.iter().any(|detail| detail.contains(part)));
        if ids != *endpoints || !named || said.len() != spots.len() {
            wrong.push(format!("{source}\n{ids:?}\n{said:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
