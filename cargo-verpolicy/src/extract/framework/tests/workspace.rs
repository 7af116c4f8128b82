//! Handlers of one package that routers of another serve.

use crate::extract::{FactsStore, Options, endpoint_sets};
use crate::model::EndpointSet;
use crate::package::read_workspace;
use crate::tree::MemoryTree;
use std::collections::BTreeSet;

fn manifest(name: &str, dependencies: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n[dependencies]\n{dependencies}\n")
}

/// The sets of a workspace of `api`, a library of handlers, and `server`, which depends on it.
fn sets(api: &str, server: &str, only: Option<&str>) -> Vec<EndpointSet> {
    let shared = "actix-web = \"4\"\naxum = \"0.8\"\nutoipa = \"5\"\nutoipa-axum = \"0.2\"\npoem = \"3\"\npoem-openapi = \"5\"\n\
                  versioning-macros = \"1\"";
    let tree = MemoryTree::of([
        ("Cargo.toml", "[workspace]\nmembers = [\"api\", \"server\"]\n".to_owned()),
        ("api/Cargo.toml", manifest("api", shared)),
        ("api/src/lib.rs", api.to_owned()),
        ("server/Cargo.toml", manifest("server", &format!("api = {{ path = \"../api\" }}\n{shared}"))),
        ("server/src/main.rs", server.to_owned()),
    ]);
    let workspace = read_workspace(&tree, "").unwrap();
    let only = only.map(|name| BTreeSet::from([name.to_owned()]));
    endpoint_sets(&tree, &workspace, &FactsStore::default(), only.as_ref(), &Options::default()).sets
}

fn lines(sets: &[EndpointSet]) -> Vec<String> {
    let one = |set: &EndpointSet| -> Vec<String> {
        let since =
            |e: &crate::model::Endpoint| e.lifetime.since.as_ref().map_or("-".to_owned(), |s| s.version.clone());
        set.endpoints.iter().map(|e| format!("{}: {} {}", set.package, e.id(), since(e))).collect()
    };
    sets.iter().flat_map(one).collect()
}

const ACTIX: &str = r#"
    pub mod users {
        #[versioning_macros::api(since = "1.0")]
        #[actix_web::get("/users/{id}")] pub async fn find() -> String { todo!() }
        #[actix_web::post("/users")] pub async fn create() -> String { todo!() }
        #[actix_web::get("/left-out")] pub async fn left_out() -> String { todo!() }
    }
"#;
const ACTIX_SERVER: &str = r#"
    use actix_web::{App, web};
    use api::users;
    fn main() { App::new().service(web::scope("/v1").service(users::find).service(users::create)); }
"#;

#[test]
fn a_file_that_two_programs_share_serves_its_routes_once() {
    let app = r#"
        use actix_web::{App, HttpResponse, HttpServer, web};
        #[actix_web::get("/users")] pub async fn users() -> HttpResponse { todo!() }
        pub async fn health() -> HttpResponse { todo!() }
        pub async fn serve() {
            HttpServer::new(|| App::new().service(users).route("/health", web::get().to(health))).bind(1)?.run().await
        }
    "#;
    let tree = MemoryTree::of([
        ("Cargo.toml", manifest("shop", "actix-web = \"4\"")),
        ("src/app.rs", app.to_owned()),
        ("src/main.rs", "mod app; fn main() { app::serve() }".to_owned()),
        ("src/bin/describe.rs", "#[path = \"../app.rs\"] mod app; fn main() {}".to_owned()),
    ]);
    let workspace = read_workspace(&tree, "").unwrap();
    let sets = endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &Options::default()).sets;
    assert_eq!(lines(&sets), ["shop: GET /health -", "shop: GET /users -"]);
}

#[test]
fn the_package_whose_router_serves_has_the_endpoint() {
    let expected = ["server: POST /v1/users -", "server: GET /v1/users/{id} 1.0"];
    assert_eq!(lines(&sets(ACTIX, ACTIX_SERVER, None)), expected);
    // Asked for alone, the library has none: the members that depend on it are read too.
    assert_eq!(lines(&sets(ACTIX, ACTIX_SERVER, Some("api"))), [""; 0]);
}

#[test]
fn documented_handlers_are_served_where_they_are_nested() {
    let api = r#"
        #[versioning_macros::api(since = "1.0")]
        #[utoipa::path(get, path = "/", responses((status = 200, body = String)))]
        pub async fn list() -> String { todo!() }
        #[utoipa::path(delete, path = "/{name}", responses((status = 200, body = String)))]
        pub async fn delete() -> String { todo!() }
    "#;
    let server = r#"
        use utoipa_axum::{router::OpenApiRouter, routes};
        fn users() -> OpenApiRouter { OpenApiRouter::new().routes(routes!(api::list)).routes(routes!(api::delete)) }
        fn main() {
            let router = OpenApiRouter::new().nest("/api/v1/users", users());
            let (router, _api) = router.split_for_parts();
            axum::serve(listener, router);
        }
    "#;
    let expected = ["server: GET /api/v1/users 1.0", "server: DELETE /api/v1/users/{name} -"];
    assert_eq!(lines(&sets(api, server, None)), expected);
}

#[test]
fn a_service_of_another_package_is_served_where_it_is_nested() {
    let api = r#"
        pub struct Api;
        #[poem_openapi::OpenApi] impl Api {
            #[oai(path = "/users", method = "get")] async fn list(&self) -> poem_openapi::payload::Json<String> { todo!() }
        }
    "#;
    let server = r#"
        use poem::Route;
        use poem_openapi::OpenApiService;
        fn main() {
            let service = OpenApiService::new(api::Api, "a", "1.0").server("x");
            let ui = service.swagger_ui();
            Route::new().nest("/api", service).nest("/docs", ui);
        }
    "#;
    assert_eq!(lines(&sets(api, server, None)), ["server: GET /api/users -"]);
}

#[test]
fn what_a_build_turns_on_in_its_own_packages_is_no_condition() {
    let leaf = "#[derive(serde::Deserialize)] pub struct Ids { #[cfg(feature = \"api\")] pub key: u8 }";
    let web = r#"
        #[cfg(feature = "api")] pub mod web {
            pub trait Caps { fn caps(self) -> Self; }
            impl Caps for axum::Router { fn caps(self) -> Self { self.layer(elsewhere::Layer) } }
            pub async fn b() -> String { todo!() }
            pub struct More;
            impl More { pub async fn c() -> String { todo!() } }
        }
    "#;
    let root = r#"
        use axum::{Json, Router, routing::post};
        use leaf::web::{Caps, More, b};
        pub async fn a(ids: Json<leaf::Ids>) -> String { todo!() }
        pub fn app() -> Router {
            Router::new().route("/a", post(a)).route("/b", post(b)).route("/c", post(More::c)).caps()
        }
    "#;
    let all = "axum = \"0.8\"\nserde = { version = \"1\", features = [\"derive\"] }";
    let tree = MemoryTree::of([
        ("Cargo.toml", "[workspace]\nmembers = [\"app\", \"mid\", \"leaf\"]\n".to_owned()),
        (
            "app/Cargo.toml",
            manifest(
                "app",
                &format!(
                    "mid = {{ path = \"../mid\" }}\nleaf = {{ path = \"../leaf\", default-features = false }}\n{all}"
                ),
            ),
        ),
        ("app/src/lib.rs", root.to_owned()),
        (
            "mid/Cargo.toml",
            manifest("mid", "leaf = { path = \"../leaf\", default-features = false, features = [\"api\"] }"),
        ),
        ("mid/src/lib.rs", String::new()),
        ("leaf/Cargo.toml", format!("{}\n[features]\napi = []\n", manifest("leaf", all))),
        ("leaf/src/lib.rs", format!("{leaf}\n{web}")),
    ]);
    let workspace = read_workspace(&tree, "").unwrap();
    let sets = endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &Options::default()).sets;
    let set = sets.iter().find(|set| set.package == "app").unwrap();
    let conditions = set.endpoints.iter().map(|endpoint| format!("{} {:?}", endpoint.id(), endpoint.condition));
    assert_eq!(conditions.collect::<Vec<_>>(), ["POST /a Always", "POST /b Always", "POST /c Always"]);
    let fields = set.shapes.iter().filter_map(|(_, node)| match &node.shape {
        crate::model::Shape::Object(object) => Some(&object.fields),
        _ => None,
    });
    let conditions: Vec<_> = fields.flatten().map(|field| field.member.condition.clone()).collect();
    assert_eq!(conditions, [crate::model::Condition::Always]);
}

#[test]
fn frameworks_are_known_by_name_where_a_copy_of_them_stands_in_the_tree() {
    let server = r#"
        use salvo::prelude::*;
        #[handler] async fn users() -> &'static str { "all" }
        fn main() {
            Server::new(1).serve(Router::with_path("users").get(users));
            axum::serve(1, axum::Router::new().route("/pets", axum::routing::get(|| async { "all" })));
        }
    "#;
    let tree = MemoryTree::of([
        ("Cargo.toml", "[workspace]\nmembers = [\"server\", \"vendor/*\"]\n".to_owned()),
        ("vendor/salvo/Cargo.toml", manifest("salvo", "salvo_core = { path = \"../core\" }")),
        ("vendor/salvo/src/lib.rs", "pub use salvo_core::prelude;".to_owned()),
        ("vendor/core/Cargo.toml", manifest("salvo_core", "")),
        (
            "vendor/core/src/lib.rs",
            "pub mod prelude { pub use crate::routing::Router; pub struct Server; }
             pub mod routing { pub struct Router; impl Router { pub fn with_path(_: &str) -> Self { Router } } }"
                .to_owned(),
        ),
        ("vendor/axum/Cargo.toml", manifest("axum", "")),
        ("vendor/axum/src/lib.rs", "pub struct Router; pub mod routing { pub fn get<H>(_: H) {} }".to_owned()),
        (
            "server/Cargo.toml",
            manifest("server", "salvo = { path = \"../vendor/salvo\" }\naxum = { path = \"../vendor/axum\" }"),
        ),
        ("server/src/main.rs", server.to_owned()),
    ]);
    let workspace = read_workspace(&tree, "").unwrap();
    let only = BTreeSet::from(["server".to_owned()]);
    let found = endpoint_sets(&tree, &workspace, &FactsStore::default(), Some(&only), &Options::default()).sets;
    assert_eq!(lines(&found), ["server: GET /pets -", "server: GET /users -"]);
}

/// The lines of a workspace of these packages: name, dependencies, whether it is a program, source.
fn of_packages(packages: &[(&str, &str, bool, &str)]) -> Vec<String> {
    let members: Vec<String> = packages.iter().map(|(name, ..)| format!("\"{name}\"")).collect();
    let mut files = vec![("Cargo.toml".to_owned(), format!("[workspace]\nmembers = [{}]\n", members.join(", ")))];
    for (name, dependencies, is_program, source) in packages {
        files.push((format!("{name}/Cargo.toml"), manifest(name, dependencies)));
        let root = if *is_program { "main" } else { "lib" };
        files.push((format!("{name}/src/{root}.rs"), (*source).to_owned()));
    }
    let tree = MemoryTree::of(files);
    let workspace = read_workspace(&tree, "").unwrap();
    let found = endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &Options::default()).sets;
    lines(&found)
}

#[test]
fn a_program_hands_a_function_of_one_library_to_another() {
    let server = r#"
        use axum::{Router, routing::get};
        async fn own() {}
        pub async fn run(ui: fn(&str) -> Router) {
            let app = Router::new().route("/own", get(own)).nest("/web", ui("/x"));
            let listener = tokio::net::TcpListener::bind("x").await.unwrap();
            axum::serve(listener, app).await.unwrap();
        }
    "#;
    let ui = r#"
        async fn page() {}
        pub fn routes(path: &str) -> axum::Router { axum::Router::new().route(path, axum::routing::get(page)) }
    "#;
    let program =
        "#[tokio::main] async fn main() { if let Err(e) = server::run(ui::routes).await { eprintln!(\"{e}\"); } }";
    let found = of_packages(&[
        ("server", "axum = \"0.8\"\ntokio = \"1\"", false, server),
        ("ui", "axum = \"0.8\"", false, ui),
        ("program", "server = { path = \"../server\" }\nui = { path = \"../ui\" }\ntokio = \"1\"", true, program),
    ]);
    assert_eq!(found, ["server: GET /own -", "server: GET /web/x -"]);
}

#[test]
fn a_library_of_the_project_that_is_called_as_a_framework_is_looked_into() {
    let library = r#"
        use axum::{Router, routing::get};
        async fn jump() {}
        pub fn routes(base: &str) -> Router { Router::new().route(base, get(jump)) }
        pub struct Drive { pub base: &'static str }
        impl Drive { pub fn router(&self) -> Router { routes(self.base) } }
    "#;
    let program = r#"
        fn main() { axum::serve(1, axum::Router::new().nest("/v1", warp::routes("/a")).merge(warp::Drive { base: "/b" }.router())); }
    "#;
    for name in ["warp", "rocket", "poem", "salvo", "dropshot"] {
        let program = program.replace("warp", name);
        let found = of_packages(&[
            (name, "axum = \"0.8\"", false, library),
            ("program", &format!("{name} = {{ path = \"../{name}\" }}\naxum = \"0.8\""), true, &program),
        ]);
        assert_eq!(found, ["program: GET /b -", "program: GET /v1/a -"], "{name}");
    }
}

#[test]
fn two_programs_of_one_package_are_told_apart_by_their_names() {
    let program = |path: &str| {
        format!(
            r#"
            use dropshot::{{ApiDescription, HttpError, HttpResponseOk, RequestContext, ServerBuilder, endpoint}};
            #[endpoint {{ method = GET, path = "/x" }}]
            async fn x(_: RequestContext<()>) -> Result<HttpResponseOk<()>, HttpError> {{ todo!() }}
            #[endpoint {{ method = GET, path = "{path}" }}]
            async fn y(_: RequestContext<()>) -> Result<HttpResponseOk<()>, HttpError> {{ todo!() }}
            fn main() {{
                let mut api = ApiDescription::new();
                api.register(x).unwrap();
                api.register(y).unwrap();
                ServerBuilder::new(api, (), 1).start();
            }}
            "#
        )
    };
    let tree = MemoryTree::of([
        ("Cargo.toml", manifest("app", "dropshot = \"1\"")),
        ("src/bin/inner.rs", program("/inner")),
        ("src/bin/outer.rs", program("/outer")),
    ]);
    let workspace = read_workspace(&tree, "").unwrap();
    let found = endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &Options::default()).sets;
    let mut ids: Vec<String> = found.iter().flat_map(EndpointSet::ids).collect();
    ids.sort();
    assert_eq!(ids, ["GET /inner", "GET /outer", "GET /x", "GET /x#outer::main"]);
}

#[test]
fn what_a_library_only_serves_is_of_the_program_that_builds_it() {
    let library = "pub struct Server<S> { s: S } impl<S> Server<S> { pub fn new(s: S) -> Self { Server { s } }
        pub async fn run(self, app: axum::Router) { axum::serve(1, app).await.unwrap(); } }";
    let program =
        "async fn own() {} fn app() -> axum::Router { axum::Router::new().route(\"/own\", axum::routing::get(own)) }
        #[tokio::main] async fn main() { library::Server::new(1).run(app()).await; }";
    let dependencies = "library = { path = \"../library\" }\naxum = \"0.8\"\ntokio = \"1\"";
    let found = of_packages(&[("library", "axum = \"0.8\"", false, library), ("program", dependencies, true, program)]);
    assert_eq!(found, ["program: GET /own -"]);
}
