use super::{blind_spots, check, lines, read};

/// Ids of the endpoints, with their conditions.
fn ids(dependencies: &[&str], source: &str) -> Vec<String> {
    let set = read(dependencies, source);
    let ids = set.endpoints.iter().map(|endpoint| match &endpoint.condition {
        crate::model::Condition::Always => endpoint.id(),
        condition => format!("{} if {condition}", endpoint.id()),
    });
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

fn axum(body: &str) -> Vec<String> {
    let source = format!(
        "use axum::{{Router, routing::{{get, post, any, on, get_service, MethodFilter, MethodRouter}}}};\n\
         async fn a() {{}} async fn b() {{}} async fn c() {{}}\n{body}"
    );
    ids(&["axum", "axum-extra"], &source)
}

#[test]
fn every_shape_of_an_axum_router_is_seen() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "method routers",
            r#"fn app() -> Router { Router::new().route("/x/{id}", get(a).post(b)).route("/y", on(MethodFilter::PUT.or(MethodFilter::PATCH), c)).route("/z", any(a)) }"#,
            &["ANY /z", "GET /x/{id}", "PATCH /y", "POST /x/{id}", "PUT /y"],
        ),
        (
            "the older spelling, services, neutral layers, fallbacks",
            r#"fn app() -> Router { Router::new().route("/x/:id/*rest", get(a).layer(1)).route("/s", get_service(2)).layer(3).fallback(b).with_state(4) }"#,
            &["GET /s", "GET /x/{id}/{*rest}"],
        ),
        (
            "nest and merge",
            r#"
            mod users { use super::*; pub fn router() -> Router { Router::new().route("/", get(a)).route("/{id}", get(b)) } }
            fn rest() -> Router { Router::new().route("/c", post(c)) }
            fn app() -> Router { Router::new().nest("/users", users::router()).merge(rest()) }
            "#,
            &["GET /users", "GET /users/{id}", "POST /c"],
        ),
        (
            "a router in a variable, served where it stands",
            r#"
            async fn run() {
                let api = Router::new().route("/a", get(a));
                let mut app = Router::new();
                app = app.route("/b", get(b));
                let app = app.nest("/api", api.clone());
                let listener = tokio::net::TcpListener::bind("x").await.unwrap();
                axum::serve(listener, app.into_make_service()).await.unwrap();
            }
            "#,
            &["GET /api/a", "GET /b"],
        ),
        (
            "conditions",
            r#"
            fn app(on: bool) -> Router {
                let mut app = Router::new().route("/a", get(a));
                if cfg!(feature = "x") { app = app.route("/x", get(b)); }
                #[cfg(feature = "y")]
                { app = app.route("/y", get(b)); }
                #[cfg(feature = "z")]
                let app = app.route("/z", get(b));
                if on { app.route("/on", get(c)) } else { app }
            }
            "#,
            &[
                "GET /a",
                "GET /on if runtime",
                "GET /x if feature = \"x\"",
                "GET /y if feature = \"y\"",
                "GET /z if feature = \"z\"",
            ],
        ),
        (
            "prefixes that are handed on",
            r#"
            const V: &str = "/v1";
            fn sub(prefix: &str) -> Router { Router::new().route(&format!("{prefix}/a"), get(a)).route(&[prefix, "/b"].concat(), get(b)) }
            fn app() -> Router { sub("/one").merge(sub(V)).route(concat!("/c", "/d"), get(c)).route(&(V.to_owned() + "/e"), get(c)) }
            "#,
            &["GET /c/d", "GET /one/a", "GET /one/b", "GET /v1/a", "GET /v1/b", "GET /v1/e"],
        ),
        (
            "loops over tables",
            r#"
            fn app() -> Router {
                let mut app = Router::new();
                for (path, handler) in [("/a", get(a)), ("/b", post(b))] { app = app.route(path, handler); }
                [("/c", get(c))].into_iter().fold(app, |app, (path, handler)| app.route(path, handler))
            }
            "#,
            &["GET /a", "GET /c", "POST /b"],
        ),
        (
            "methods, associated functions and consts",
            r#"
            struct Users; impl Users { const BASE: &'static str = "/users"; async fn list() {}
                fn router(&self) -> Router { Router::new().route(Self::BASE, get(Self::list)) } }
            struct State { users: Users }
            impl State { fn app(&self) -> Router { Router::new().nest("/api", self.users.router()) } }
            "#,
            &["GET /api/users"],
        ),
        (
            "handlers under another name, closures, method routers of functions",
            r#"
            mod list { pub async fn handler() {} }
            pub use list::handler as show;
            fn both() -> MethodRouter { get(a).post(b) }
            fn app() -> Router { Router::new().route("/a", get(show)).route("/b", get(|| async { "x" })).route("/c", both()) }
            "#,
            &["GET /a", "GET /b", "GET /c", "POST /c"],
        ),
        (
            "an alias, and a router that a parameter brings",
            r#"
            type AppRouter = Router<u8>;
            fn add(router: AppRouter) -> AppRouter { router.route("/a", get(a)) }
            fn app() -> AppRouter { Router::new().nest("/v1", add(AppRouter::new())) }
            "#,
            &["GET /v1/a"],
        ),
        (
            "typed paths",
            r#"
            #[derive(serde::Deserialize)] #[typed_path("/u/{id}")] struct U { id: u64 }
            async fn u(p: U) {}
            fn app() -> Router { Router::new().typed_get(u) }
            "#,
            &["GET /u/{id}"],
        ),
        (
            "a match over variants",
            r#"
            enum Path { One, Two }
            impl Path { const fn path(&self) -> &'static str { match self { Self::One => "/one", Self::Two => "/two" } } }
            fn app() -> Router { Router::new().route(Path::One.path(), get(a)).route(Path::Two.path(), get(b)) }
            "#,
            &["GET /one", "GET /two"],
        ),
        (
            "tests serve nothing, and a builder keeps what it is handed",
            r#"
            struct Server { router: Router }
            impl Server { fn new() -> Self { Self { router: Router::new().route("/a", get(a)) } } }
            #[cfg(test)] mod tests { use super::*; fn app() -> Router { Router::new().route("/test", get(a)) } }
            "#,
            &["GET /a"],
        ),
        (
            "imports inside a body",
            r#"
            mod deep { pub mod er { pub async fn h() {} pub fn r() -> axum::Router { axum::Router::new().route("/r", axum::routing::get(h)) } } }
            fn app() -> Router { use deep::er::{self, h as other}; Router::new().nest("/n", er::r()).route("/o", get(other)) }
            "#,
            &["GET /n/r", "GET /o"],
        ),
    ];
    for (name, body, expected) in cases {
        assert_eq!(axum(body), *expected, "{name}: {body}");
    }
}

#[test]
fn an_unknown_prefix_is_shown_and_counted() {
    let source = r#"
        use axum::{Router, routing::get};
        async fn a() {}
        pub fn app(prefix: &str) -> Router { Router::new().route(&format!("{prefix}/a"), get(a)).nest_service("/files", dir()) }
    "#;
    assert_eq!(ids(&["axum"], source), ["GET {?}/a"]);
    let spots = blind_spots(&["axum"], source);
    assert!(spots.iter().any(|spot| spot.starts_with("unknown-prefix: a path in `app::app`")), "{spots:?}");
    assert!(spots.iter().any(|spot| spot.contains("below `/files`")), "{spots:?}");
}

#[test]
fn handlers_say_what_they_read_and_marks_join_their_route() {
    let source = r#"
        use axum::{Router, Json, extract::Path, routing::{get, post}};
        use versioning_macros::api;
        #[derive(serde::Deserialize, serde::Serialize)] struct User { name: String }
        #[api(since = "1.0.0")]
        async fn find(Path(id): Path<u64>) -> Json<User> { todo!() }
        #[api(POST "/api/users", since = "1.1.0")]
        async fn create(Json(user): Json<User>) -> Json<User> { todo!() }
        pub fn app() -> Router {
            Router::new().nest("/api", Router::new().route("/users/{id}", get(find)).route("/users", post(create)))
        }
    "#;
    assert_eq!(
        lines(&["axum", "versioning-macros"], source),
        [
            "GET /api/users/{id} path(id: number) 200(application/json {name}) @1.0.0..",
            "POST /api/users body(application/json {name}) 200(application/json {name}) @1.1.0..",
        ]
    );
}

#[test]
fn tables_of_the_other_frameworks_are_read() {
    let actix = r#"
        use actix_web::{guard, web, App, HttpServer};
        async fn a() {} async fn b() {}
        #[actix_web::get("/attr")] async fn attr() -> String { todo!() }
        fn config(cfg: &mut web::ServiceConfig) {
            cfg.service(web::resource("/r/{id}").route(web::get().to(a)).route(web::route().guard(guard::Put()).to(b)));
            cfg.route("/z", web::post().to(b));
        }
        async fn main() {
            HttpServer::new(move || {
                App::new().service(web::scope("/api").configure(config).service(attr))
                    .service(web::resource(["/x", "/y"]).to(a))
            }).bind("x").unwrap().run().await.unwrap();
        }
    "#;
    let salvo = r#"
        use salvo::prelude::*;
        #[handler] async fn a() {} #[handler] async fn b() {}
        fn sub() -> Router { Router::with_path("{id}").get(a).push(Router::with_path("deep/{**rest}").post(b)) }
        fn app() -> Router { Router::new().push(Router::with_path("users").get(b).push(sub())) }
    "#;
    let poem = r#"
        use poem::{get, handler, Route, post};
        #[handler] fn a() {} #[handler] fn b() {}
        fn app() -> Route { Route::new().at("/a/:id", get(a).post(b)).nest("/n", Route::new().at("/b", post(b))) }
    "#;
    let cases: &[(&[&str], &str, &[&str])] = &[
        (
            &["actix-web"],
            actix,
            &["ANY /x", "ANY /y", "GET /api/attr", "GET /api/r/{id}", "POST /api/z", "PUT /api/r/{id}"],
        ),
        (&["salvo"], salvo, &["GET /users", "GET /users/{id}", "POST /users/{id}/deep/{*rest}"]),
        (&["poem"], poem, &["GET /a/{id}", "POST /a/{id}", "POST /n/b"]),
    ];
    for (dependencies, source, expected) in cases {
        assert_eq!(ids(dependencies, source), *expected, "{source}");
    }
}

#[test]
fn documented_routers_are_read() {
    let aide = r#"
        use aide::axum::{ApiRouter, routing::{get_with, post}};
        async fn a() {} async fn b() {}
        fn app() -> ApiRouter { ApiRouter::new().api_route("/a", get_with(a, |op| op.id("a")).post(b)).nest_api_service("/n", ApiRouter::new().route("/b", post(b))) }
    "#;
    assert_eq!(ids(&["aide", "axum"], aide), ["GET /a", "POST /a", "POST /n/b"]);
    let utoipa = r#"
        use axum::routing::get;
        use utoipa_axum::{router::OpenApiRouter, routes};
        #[utoipa::path(get, path = "/a", responses((status = 200)))] async fn a() {}
        #[utoipa::path(get, path = "/api/b", responses((status = 200)))] async fn b() {}
        async fn c() {}
        fn app() -> OpenApiRouter {
            OpenApiRouter::new().nest("/api", OpenApiRouter::new().routes(routes!(a)).route("/b", get(b)).route("/c", get(c)))
        }
        fn served() -> axum::Router { let (router, api) = app().split_for_parts(); router }
    "#;
    assert_eq!(ids(&["utoipa", "utoipa-axum", "axum"], utoipa), ["GET /api/a", "GET /api/b", "GET /api/c"]);
}

#[test]
fn method_routers_in_the_fields_of_a_struct_are_followed() {
    super::check(
        &["axum"],
        r#"
        use axum::{Router, routing::{get, post, MethodRouter}};
        async fn a() -> String { todo!() }
        async fn b() -> String { todo!() }
        pub struct Routes { pub root: MethodRouter, pub more: MethodRouter }
        impl Default for Routes { fn default() -> Self { Self { root: get(a), more: post(b) } } }
        impl Routes {
            fn into_router(self) -> Router { Router::new().route("/", self.root).route("/more", self.more) }
        }
        fn app() -> Router {
            let mut routes = Routes::default();
            routes.more = routes.more.layer(limit());
            Router::new().nest("/api", routes.into_router())
        }
        "#,
        &["GET /api 200(text/plain string)", "POST /api/more 200(text/plain string)"],
    );
}

#[test]
fn a_base_known_only_at_run_time_that_may_be_left_out_hides_no_route() {
    super::check(
        &["axum"],
        r#"
        use axum::{Router, routing::get};
        async fn a() -> String { todo!() }
        fn app(base: &str) -> Router {
            let api = Router::new().route("/a", get(a));
            if base.is_empty() { api } else { Router::new().nest(base, api) }
        }
        "#,
        &["GET /a 200(text/plain string)"],
    );
}

#[test]
fn functions_of_one_name_under_several_conditions_are_all_called() {
    super::check(
        &["axum"],
        r#"
        use axum::{Router, routing::get};
        #[cfg(feature = "x")] async fn a() -> String { todo!() }
        #[cfg(not(feature = "x"))] async fn a() -> axum::Json<u8> { todo!() }
        async fn b() -> String { todo!() }
        async fn c() -> String { todo!() }
        #[cfg(unix)] fn more() -> Router { Router::new().route("/b", get(b)) }
        #[cfg(not(unix))] fn more() -> Router { Router::new().route("/c", get(c)) }
        fn app() -> Router { Router::new().route("/a", get(a)).nest("/more", more()) }
        "#,
        &[
            "GET /a 200(application/json number) cfg(not(feature = \"x\"))",
            "GET /a 200(text/plain string) cfg(feature = \"x\")",
            "GET /more/b 200(text/plain string) cfg(unix)",
            "GET /more/c 200(text/plain string) cfg(not(unix))",
        ],
    );
}

#[test]
fn functions_that_only_hand_routers_on_are_kept() {
    let padding = "let x = 1; ".repeat(40);
    let source = format!(
        r#"
        use axum::{{Router, routing::get}};
        async fn a() -> String {{ todo!() }}
        fn leaf(prefix: &str, router: Router) -> Router {{ router.route(&format!("{{prefix}}/a"), get(a)) }}
        fn branch(prefix: &str, router: Router) -> Router {{ {padding} let below = format!("{{prefix}}/v1"); leaf(&below, router) }}
        fn app() -> Router {{ branch("/api", Router::new()) }}
        "#
    );
    super::check(&["axum"], &source, &["GET /api/v1/a 200(text/plain string)"]);
}

#[test]
fn services_that_are_not_read_are_named() {
    let spots = super::blind_spots(
        &["axum", "hyper", "tonic"],
        r#"
        use hyper::{Method, Request};
        async fn serve(request: Request<()>) -> String {
            match (request.method(), request.uri().path()) {
                (&Method::GET, "/users") => list().await,
                (&Method::POST, "/users") => create().await,
                _ => not_found(),
            }
        }
        fn main() { tonic::transport::Server::builder().add_service(greeter()).serve(address); }
        "#,
    );
    let other: Vec<&String> = spots.iter().filter(|spot| spot.starts_with("other-service")).collect();
    assert_eq!(other.len(), 2, "{spots:?}");
}

#[test]
fn services_that_only_show_documents_are_no_blind_spots() {
    let source = r#"
        use axum::{Router, routing::get};
        use utoipa_swagger_ui::SwaggerUi;
        async fn a() -> String { todo!() }
        fn app() -> Router { Router::new().route("/a", get(a)).merge(SwaggerUi::new("/docs").url("/openapi.json", api())) }
    "#;
    assert_eq!(super::blind_spots(&["axum", "utoipa-swagger-ui"], source), [""; 0]);
}

#[test]
fn what_a_projects_own_code_adds_to_routers_is_followed() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "a trait of the project on the router, and a method that it gives",
            r#"
            trait Ext: Sized { fn health(self) -> Self; fn plain(self) -> Self { self } }
            impl Ext for Router { fn health(self) -> Self { self.route("/health", get(a)) } }
            fn app() -> Router { Router::new().route("/b", get(b)).health().plain().route("/c", get(c)) }
            "#,
            &["GET /b", "GET /c", "GET /health"],
        ),
        (
            "a builder whose method has a neutral name",
            r#"
            struct Build(Router);
            impl Build { fn with(self, more: Router) -> Self { Build(self.0.merge(more)) } }
            fn app() -> Router { Build(Router::new()).with(Router::new().route("/a", get(a))).0 }
            "#,
            &["GET /a"],
        ),
        (
            "a builder that changes itself",
            r#"
            struct Build { router: Router }
            impl Build {
                fn add(&mut self, path: &str, more: Router) { self.router = self.router.clone().nest(path, more); }
                fn done(self) -> Router { self.router }
            }
            fn app() -> Router {
                let mut build = Build { router: Router::new() };
                build.add("/x", Router::new().route("/a", get(a)));
                build.add("/y", Router::new().route("/b", get(b)));
                build.done()
            }
            "#,
            &["GET /x/a", "GET /y/b"],
        ),
        (
            "conversions",
            r#"
            struct Users; struct Orders;
            impl From<Users> for Router { fn from(_: Users) -> Router { Router::new().route("/users", get(a)) } }
            impl From<Orders> for Router { fn from(_: Orders) -> Router { Router::new().route("/orders", get(b)) } }
            fn app() -> Router { Router::from(Users).merge(Orders.into()) }
            "#,
            &["GET /orders", "GET /users"],
        ),
        (
            "a static, and a function inside a function",
            r#"
            static APP: std::sync::LazyLock<Router> = std::sync::LazyLock::new(|| Router::new().route("/a", get(a)));
            fn app() -> Router { fn inner() -> Router { Router::new().route("/b", get(b)) } inner() }
            async fn run() { axum::serve(1, APP.clone()).await; }
            "#,
            &["GET /a", "GET /b"],
        ),
        (
            "lists that are put together, filled and folded",
            r#"
            fn one() -> Router { Router::new().route("/a", get(a)) }
            fn app() -> Router {
                let mut subs = Vec::new();
                subs.push(("/x", one()));
                subs.extend([("/y", Router::new().route("/b", get(b)))]);
                let mut app = Router::new();
                for (path, sub) in subs { app = app.nest(path, sub); }
                [app].into_iter().chain([Router::new().route("/c", get(c))]).fold(Router::new(), Router::merge)
            }
            "#,
            &["GET /c", "GET /x/a", "GET /y/b"],
        ),
        (
            "what several routers come to goes on",
            r#"
            fn app(xs: Vec<String>) -> Router {
                let both = other::combine(Router::new().route("/a", get(a)), Router::new().route("/b", get(b)));
                let both = both.route("/c", get(c));
                xs.iter().fold(both, |r, _| r.route("/d", get(a))).route("/e", get(b))
            }
            "#,
            &["GET /a", "GET /b", "GET /c", "GET /d", "GET /e"],
        ),
        (
            "a copy is another router",
            r#"
            fn app() -> Router {
                let base = Router::new().route("/ping", get(a));
                let public = base.clone().route("/login", get(b));
                let admin = base.clone().route("/users", get(c));
                Router::new().nest("/public", public).nest("/admin", admin)
            }
            "#,
            &["GET /admin/ping", "GET /admin/users", "GET /public/login", "GET /public/ping"],
        ),
        (
            "type parameters, stated and inferred, and trait objects",
            r#"
            trait Part { const PREFIX: &'static str; fn router() -> Router; }
            struct Users; struct Orders;
            impl Part for Users { const PREFIX: &'static str = "/users"; fn router() -> Router { Router::new().route("/a", get(a)) } }
            impl Part for Orders { const PREFIX: &'static str = "/orders"; fn router() -> Router { Router::new().route("/b", get(b)) } }
            fn mount<P: Part>(app: Router) -> Router { app.nest(P::PREFIX, P::router()) }
            fn mount_it<P: Part>(app: Router, _: P) -> Router { app.nest(P::PREFIX, P::router()) }
            trait Feature { fn prefix(&self) -> &'static str; fn routes(&self) -> Router; }
            struct Search;
            impl Feature for Search { fn prefix(&self) -> &'static str { "/search" } fn routes(&self) -> Router { Router::new().route("/c", get(c)) } }
            fn app() -> Router {
                let mut app = mount_it(mount::<Users>(Router::new()), Orders);
                let features: Vec<Box<dyn Feature>> = vec![Box::new(Search)];
                for feature in features { app = app.nest(feature.prefix(), feature.routes()); }
                app
            }
            "#,
            &["GET /orders/b", "GET /search/c", "GET /users/a"],
        ),
        (
            "text that grows",
            r#"
            fn app() -> Router {
                let mut path = String::from("/x");
                path += "/y";
                path.push_str("/z");
                Router::new().route(&path, get(a))
            }
            "#,
            &["GET /x/y/z"],
        ),
        (
            "text that a loop changes is not known",
            r#"
            fn app(end: u8) -> Router {
                let mut app = Router::new();
                let mut n = 0;
                while n < end { app = app.route(&format!("/w{n}"), get(a)); n += 1; }
                app
            }
            "#,
            &["GET /w{?}"],
        ),
    ];
    let found: Vec<_> = cases.iter().map(|(what, body, _)| (*what, axum(body))).collect();
    let expected: Vec<_> =
        cases.iter().map(|(what, _, ids)| (*what, ids.iter().map(ToString::to_string).collect())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_router_that_comes_to_nothing_is_said() {
    let head = "use axum::{Router, routing::{get, on}}; async fn a() {}\n";
    let cases = [
        ("fn app() -> Router { todo!() }", "what `app::app` hands back could not be read"),
        ("async fn run() { axum::serve(1, other::thing()).await; }", "what `app::run` serves could not be read"),
        (
            "fn app(f: u8) -> Router { Router::new().route(\"/a\", on(other::filter(f), a)) }",
            "the methods of a route in `app::app` could not be read",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(blind_spots(&["axum"], &format!("{head}{body}")), [format!("unknown-route: {expected}")], "{body}");
    }
    let source = "use actix_web::{App, web}; fn app() { App::new().service(other::service()).service(actix_files::Files::new(\"/s\", \".\")); }";
    let spots = blind_spots(&["actix-web", "actix-files"], source);
    assert_eq!(spots, ["unknown-route: what `app::app` serves could not be read"]);
    assert_eq!(printed(&["actix-web", "actix-files"], source), ["GET /s/{*rest}"]);
}

/// Ids as a set prints them.
fn printed(dependencies: &[&str], source: &str) -> Vec<String> {
    let mut ids = read(dependencies, source).ids();
    ids.sort();
    ids
}

#[test]
fn two_servers_of_one_package_are_told_apart_where_they_answer_the_same() {
    let head = "use axum::{Router, routing::get, Json};\n\
        async fn index() -> String { todo!() } async fn other() -> Json<u8> { todo!() } async fn health() {}\n";
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "by the function that makes it; the larger one has no name",
            r#"
            mod importer { use super::*; pub async fn start() {
                let app = Router::new().route("/", get(other)).route("/beat", get(other));
                tokio::spawn(async move { axum::serve(listener, app).await });
            } }
            fn routes() -> Router { Router::new().route("/", get(index)).route("/a", get(index)).route("/b", get(index)) }
            async fn main() { importer::start().await; axum::serve(listener, routes()).await; }
            "#,
            &["GET /", "GET /#importer::start", "GET /a", "GET /b", "GET /beat"],
        ),
        (
            "by the variable, where one function makes both",
            r#"
            async fn main() {
                let public = Router::new().route("/", get(index)).route("/a", get(index));
                let admin = Router::new().route("/", get(other));
                let one = axum::serve(listener, public);
                let two = axum::serve(second, admin);
                tokio::join!(one, two);
            }
            "#,
            &["GET /", "GET /#main::admin", "GET /a"],
        ),
        (
            "one handler in two servers is two promises",
            r#"
            async fn main() {
                axum::serve(a, Router::new().route("/health", get(health)).route("/a", get(index))).await;
                metrics().await;
            }
            async fn metrics() {
                axum::serve(b, Router::new().route("/health", get(health))).await;
            }
            "#,
            &["GET /a", "GET /health", "GET /health#metrics"],
        ),
        (
            "a copy that nothing serves is none, and one router served twice is one",
            r#"
            fn routes() -> Router { Router::new().route("/health", get(health)) }
            async fn main() {
                if tls { axum::serve(a, routes()).await; } else { axum::serve(b, routes()).await; }
            }
            fn document() { write(Router::new().route("/health", get(health))); }
            "#,
            &["GET /health"],
        ),
        (
            "servers that answer nothing twice need no name",
            r#"
            async fn main() {
                axum::serve(a, Router::new().route("/a", get(index))).await;
                axum::serve(b, Router::new().route("/metrics", get(other))).await;
            }
            "#,
            &["GET /a", "GET /metrics"],
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(printed(&["axum", "tokio"], &format!("{head}{body}")), *expected, "{what}");
    }
    let actix = r#"
        use actix_web::{App, HttpServer, web, HttpResponse};
        async fn a() -> HttpResponse { todo!() } async fn b() -> HttpResponse { todo!() }
        async fn main() {
            let api = HttpServer::new(move || App::new().route("/", web::get().to(a)).route("/x", web::get().to(a))).bind(1)?.run();
            tokio::spawn(metrics());
            api.await
        }
        async fn metrics() { HttpServer::new(|| App::new().route("/", web::get().to(b))).bind(2)?.run().await }
    "#;
    assert_eq!(printed(&["actix-web", "tokio"], actix), ["GET /", "GET /#metrics", "GET /x"]);
}

#[test]
fn a_server_that_no_row_reads_is_named_once() {
    let spots = blind_spots(&["tide", "rouille"], "pub fn app() {}");
    let expected = |name: &str| format!("other-service: what `{name}` serves is not read: state its routes in marks");
    assert_eq!(spots, [expected("tide"), expected("rouille")]);
}

#[test]
fn closures_read_what_their_types_say() {
    check(
        &["axum"],
        r#"
        use axum::{Json, Router, extract::Query, routing::{get, post}};
        #[derive(serde::Deserialize)] struct Q { page: u32 }
        pub fn app() -> Router {
            Router::new()
                .route("/a", get(|Query(q): Query<Q>| async move {}))
                .route("/b", post(|Json(q): Json<Q>| async move {}))
                .route("/c", post(|q| async move {}))
        }
        "#,
        &[
            "GET /a query(page: number) 200",
            "POST /b body(application/json {page}) 200",
            "POST /c body?(*/* opaque a closure or service) 200",
        ],
    );
}

#[test]
fn what_takes_too_long_to_follow_is_said_and_starves_nothing_else() {
    let numbers = "1, ".repeat(620);
    let source = format!(
        "use axum::{{Router, routing::get}};
        const T: &[u32] = &[{numbers}];
        async fn h() {{}}
        fn a() -> Router {{
            T.iter().map(|a| T.iter().map(|b| 1));
            Router::new().route(\"/a\", get(h))
        }}
        fn b() -> Router {{ Router::new().route(\"/b\", get(h)) }}
        fn asks() {{ match \"POST\" {{ _ => {{ T.iter().map(|a| T.iter().map(|b| 1)); }} }} }}
        fn main() {{ let _ = axum::serve(l, b()); }}"
    );
    let set = super::read(&["axum"], &source);
    let said = set.blind_spots.iter().map(|spot| spot.detail.as_str());
    let cut_short = "so much code builds routers that from `app::a` on not all of it was followed";
    assert_eq!(said.filter(|said| said.contains("so much code")).collect::<Vec<_>>(), [cut_short]);
    assert!(set.endpoints.iter().any(|endpoint| endpoint.id() == "GET /b"));
}
