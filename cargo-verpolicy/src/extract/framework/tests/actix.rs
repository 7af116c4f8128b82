use super::{blind_spots, check, lines_with};

const ACTIX: &[&str] = &["actix-web", "actix-web-validator"];

#[test]
fn verbs_routes_and_extractors() {
    check(
        ACTIX,
        r#"
        use actix_web::{get, post, web, HttpResponse, Responder};
        use actix_web::web::*;
        #[derive(serde::Deserialize)] struct Q { page: Option<u32>, size: u32 }
        #[derive(serde::Deserialize)] struct P { id: u64 }
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        #[get("/users/{id}/{tail:.*}")]
        async fn find(path: web::Path<(u64, String)>, q: web::Query<Q>, db: web::Data<u8>) -> impl Responder { "" }
        #[post("/users")]
        async fn create(body: web::Json<User>) -> Result<web::Json<User>, actix_web::Error> { todo!() }
        #[actix_web::route("/any/", method = "GET", method = "POST")]
        async fn several(p: Option<web::Json<User>>) -> HttpResponse { todo!() }
        #[actix_web::routes]
        #[get("/a/{id}")]
        #[get("/b/{id}")]
        async fn two(p: web::Path<P>) -> String { todo!() }
        #[actix_web::delete("/users/{id}")]
        async fn gone(p: actix_web_validator::Path<P>, id: web::ReqData<u8>) -> (web::Json<User>, actix_web::http::StatusCode) { todo!() }
        "#,
        &[
            "DELETE /users/{id} path(id: number) success(application/json {name})",
            "GET /a/{id} path(id: number) 200(text/plain string)",
            "GET /any/ body?(application/json {name}) success(*/* opaque actix_web::HttpResponse)",
            "GET /b/{id} path(id: number) 200(text/plain string)",
            "GET /users/{id}/{*tail} path(id: number, tail: string) query(page?: number, size: number) \
             200(text/plain string)",
            "POST /any/ body?(application/json {name}) success(*/* opaque actix_web::HttpResponse)",
            "POST /users body(application/json {name}) 200(application/json {name}) error(*/* opaque actix_web::Error)",
        ],
    );
}

#[test]
fn scopes_prefix_what_they_serve() {
    check(
        ACTIX,
        r#"
        use actix_web::{get, web, App};
        const BASE: &str = "/const";
        mod users {
            #[actix_web::get("/users")] pub async fn list() -> String { todo!() }
            #[actix_web::get("/{id}")] pub async fn find() -> String { todo!() }
            pub fn config(cfg: &mut actix_web::web::ServiceConfig) {
                cfg.service(list).service(actix_web::web::scope("/one").service(find));
            }
        }
        #[get("/health")] async fn health() -> String { todo!() }
        #[get("/late")] async fn late() -> String { todo!() }
        #[get("/c")] async fn c() -> String { todo!() }
        #[get("/v")] async fn v() -> String { todo!() }
        #[actix_web::scope("/m")] mod scoped {
            #[actix_web::get("/x")] pub async fn x() -> String { todo!() }
        }
        fn app(base: &str) {
            let inner = web::scope("/inner").service(v);
            App::new()
                .service(health)
                .service(scoped::x)
                .service(web::scope("/api").configure(users::config).service(inner))
                .service(web::scope(BASE).service(c))
                .service(web::scope(base).service(late));
        }
        "#,
        &[
            "GET /api/inner/v 200(text/plain string)",
            "GET /api/one/{id} path(id: string) 200(text/plain string)",
            "GET /api/users 200(text/plain string)",
            "GET /const/c 200(text/plain string)",
            "GET /health 200(text/plain string)",
            "GET /m/x 200(text/plain string)",
            "GET {?}/late 200(text/plain string)",
        ],
    );
}

#[test]
fn a_variable_that_holds_a_scope_keeps_its_prefix() {
    check(
        ACTIX,
        r#"
        use actix_web::{get, web};
        #[get("/a")] async fn a() -> String { todo!() }
        #[get("/b")] async fn b() -> String { todo!() }
        #[get("/c")] async fn c() -> String { todo!() }
        #[get("/d")] async fn d() -> String { todo!() }
        fn config(cfg: &mut web::ServiceConfig) {
            let scope = web::scope("/api").service(a);
            cfg.service(scope.service(b));
            let mut more = web::scope("/more");
            more = more.service(c);
            cfg.service(more);
            let again = web::scope("/again");
            let again = again.service(d);
            cfg.service(again);
        }
        "#,
        &[
            "GET /again/d 200(text/plain string)",
            "GET /api/a 200(text/plain string)",
            "GET /api/b 200(text/plain string)",
            "GET /more/c 200(text/plain string)",
        ],
    );
}

#[test]
fn what_is_not_known_is_said() {
    let spots = blind_spots(
        ACTIX,
        r#"
        use actix_web::{get, web, FromRequest};
        pub struct Auth; impl FromRequest for Auth {}
        #[derive(serde::Deserialize)] struct P { id: u64, other: u64 }
        #[get("/a/{id}", guard = "is_admin")] async fn a(p: web::Path<P>, auth: Auth) -> String { todo!() }
        "#,
    );
    let has = |text: &str| assert!(spots.iter().any(|spot| spot.contains(text)), "{text}: {spots:?}");
    has("unknown-extractor: `app::Auth`");
    has("path-parameter-unmatched: `app::a` reads the path parameter `other`");
    has("layer: guard `is_admin`");
}

#[test]
fn extractors_of_the_project_read_what_the_configuration_says() {
    let lines = lines_with(
        ACTIX,
        r#"
        use actix_web::{get, post, web, FromRequest};
        pub struct Auth; impl FromRequest for Auth {}
        pub struct Valid<T>(T); impl<T> FromRequest for Valid<T> {}
        #[derive(serde::Deserialize)] struct User { name: String }
        #[post("/a")] async fn a(user: Valid<User>, auth: Auth) -> String { todo!() }
        "#,
        &[("app::Auth", "ignore"), ("app::Valid", "actix_web::web::Json<$1>")],
    );
    assert_eq!(lines, ["POST /a body(application/json {name}) 200(text/plain string)"]);
}

#[test]
fn routers_that_mount_themselves_end() {
    check(
        ACTIX,
        r#"
        use actix_web::{get, web};
        #[get("/a")] async fn a() -> String { todo!() }
        fn one(cfg: &mut web::ServiceConfig) { cfg.service(web::scope("/x").configure(two)).service(a); }
        fn two(cfg: &mut web::ServiceConfig) { cfg.configure(one); }
        "#,
        &["GET /a 200(text/plain string)"],
    );
}

#[test]
fn a_path_type_that_is_not_known_reads_every_parameter() {
    check(
        ACTIX,
        r#"
        use actix_web::{get, web};
        #[get("/a/{x}/{y}")] async fn a(path: web::Path<foreign::Ids>) -> String { todo!() }
        "#,
        &["GET /a/{x}/{y} path(x: opaque foreign::Ids, y: opaque foreign::Ids) 200(text/plain string)"],
    );
}

#[test]
fn handlers_below_a_prefix_with_parameters_read_those_too() {
    check(
        &["actix-web"],
        r#"
        use actix_web::{get, put, web, App, HttpServer, HttpRequest, HttpResponse};
        #[derive(serde::Deserialize)] struct Both { org: String, id: u32 }
        #[get("")] async fn one(path: web::Path<u32>) -> HttpResponse { HttpResponse::NoContent().finish() }
        #[get("/users/{id}")] async fn two(path: web::Path<(String, u32)>) -> HttpResponse { HttpResponse::NoContent().finish() }
        #[put("/users/{id}")] async fn both(path: web::Path<Both>) -> HttpResponse { HttpResponse::NoContent().finish() }
        #[get("/raw")] async fn raw(request: HttpRequest) -> HttpResponse { HttpResponse::NoContent().finish() }
        fn main() {
            HttpServer::new(|| App::new().service(web::scope("/{org}").service(one).service(two).service(both).service(raw)));
        }
        "#,
        &[
            "GET /{org} path(org: number) 204",
            "GET /{org}/raw path(org: string) 204",
            "GET /{org}/users/{id} path(org: string, id: number) 204",
            "PUT /{org}/users/{id} path(org: string, id: number) 204",
        ],
    );
}

#[test]
fn what_some_holds_behind_a_question_mark_is_there() {
    let found = "200(application/json {id}) error(*/* opaque app::E)";
    for (code, answers) in [
        ("match find()? { Some(user) => Ok(HttpResponse::Ok().json(user)), None => Err(E) }", found),
        ("let user = find()?; match user { Some(user) => Ok(HttpResponse::Ok().json(user)), None => Err(E) }", found),
        ("if let Some(user) = find()? { Ok(HttpResponse::Ok().json(user)) } else { Err(E) }", found),
        ("let Some(user) = find()? else { return Err(E) }; Ok(HttpResponse::Ok().json(user))", found),
        (
            "let user = find()?; Ok(HttpResponse::Ok().json(user))",
            "200(application/json {id} or null) error(*/* opaque app::E)",
        ),
    ] {
        let source = format!(
            "use actix_web::{{web, App, HttpServer, HttpResponse}};
            #[derive(serde::Serialize)] struct User {{ id: u32 }}
            struct E;
            fn find() -> Result<Option<User>, E> {{ todo!() }}
            async fn h() -> Result<HttpResponse, E> {{ {code} }}
            fn main() {{ HttpServer::new(|| App::new().route(\"/u\", web::get().to(h))); }}"
        );
        check(&["actix-web"], &source, &[&format!("GET /u {answers}")]);
    }
}
