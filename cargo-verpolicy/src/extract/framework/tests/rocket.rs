use super::check;

#[test]
fn names_bind_to_arguments() {
    check(
        &["rocket"],
        r#"
        #[macro_use] extern crate rocket;
        use rocket::{State, serde::json::Json, form::{Form, FromForm}, http::Status};
        #[derive(FromForm)] struct Filter { size: u32, name: Option<String> }
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        pub struct Admin;
        #[get("/users/<id>/<rest..>?<page>&<deep>&<f..>&kind=a", rank = 2)]
        fn find(id: u64, rest: std::path::PathBuf, page: Option<u32>, deep: bool, f: Filter, db: &State<u8>) -> Option<Json<User>> { todo!() }
        #[post("/users", format = "json", data = "<body>")]
        fn create(body: Json<User>, admin: Admin) -> rocket::response::status::Created<Json<User>> { todo!() }
        #[rocket::route(PUT, uri = "/r/<_>", data = "<f>")]
        fn put(f: Form<User>) -> (Status, Json<User>) { todo!() }
        mod sub { pub fn routes() -> Vec<rocket::Route> { routes![list] } #[get("/")] fn list() -> String { todo!() } }
        #[launch]
        fn rocket() -> _ { rocket::build().mount("/api", routes![find, create]).mount("/", routes![put]).mount("/sub", sub::routes()) }
        "#,
        &[
            "GET /api/users/{id}/{*rest} path(id: number, rest: string) \
             query(page?: number, deep?: bool, size: number, name?: string, kind: enum) 200(application/json {name}) 404",
            "GET /sub 200(text/plain string)",
            "POST /api/users header(content-type: string) body(application/json {name}) unknown(app::Admin) 201(application/json {name})",
            "PUT /r/{_} path(_: string) body(application/x-www-form-urlencoded {name}) success(application/json {name})",
        ],
    );
}

/// The ids of endpoints and the blind spots of a small server.
fn mounted(source: &str) -> (Vec<String>, Vec<String>) {
    let source = format!("#[macro_use] extern crate rocket; use rocket::{{Route, Rocket, Build}};\n{source}");
    let ids = super::lines(&["rocket", "rocket_okapi"], &source);
    let ids = ids.iter().map(|line| line.split(" 200").next().unwrap().to_owned()).collect();
    (ids, super::blind_spots(&["rocket", "rocket_okapi"], &source))
}

#[test]
fn lists_reach_their_mounts_through_functions() {
    let handlers = r#"
        #[get("/a")] fn a() -> String { todo!() }
        #[get("/b")] fn b() -> String { todo!() }
        mod sub { pub fn routes() -> Vec<rocket::Route> { routes![c] } #[get("/c")] fn c() -> String { todo!() } }
        "#;
    let all: &[&str] = &["GET /x/a", "GET /x/b", "GET /x/c"];
    let cases: &[(&str, &[&str])] = &[
        (
            r#"fn all() -> Vec<Route> { let mut r = routes![a, b]; r.append(&mut sub::routes()); r }
               fn go() -> _ { rocket::build().mount("/x", all()) }"#,
            all,
        ),
        (
            r#"fn all() -> Vec<Route> { [routes![a], two(), sub::routes()].concat() } fn two() -> Vec<Route> { return routes![b]; }
               fn go() -> _ { rocket::build().mount("/x", all()) }"#,
            all,
        ),
        (
            r#"fn all() -> Vec<Route> { let mut r = vec![]; for part in [one, sub::routes] { r.extend(part()); } r }
               fn one() -> Vec<Route> { if cfg!(debug_assertions) { return routes![a]; } let more = routes![b]; more }
               fn go() -> _ { rocket::build().mount("/x", all()) }"#,
            all,
        ),
        (
            r#"struct S; impl S { fn routes() -> Vec<Route> { routes![a, b] } fn go() -> Rocket<Build> {
                 let mut r = Self::routes(); if std::env::var("C").is_ok() { r.extend(sub::routes()) } rocket::build().mount("/x", r) } }"#,
            all,
        ),
        (
            r#"fn go() -> _ { let r = rocket::build().mount("/x", routes![a, b]); r.mount("/x", sub::routes()).mount("/y", routes![a]) }"#,
            &["GET /x/a", "GET /x/b", "GET /x/c", "GET /y/a"],
        ),
        (
            r#"mod api { pub use super::sub::routes as c_routes; }
               fn go() -> _ { rocket::build().mount("/x", openapi_get_routes![a, b]).mount("/x", api::c_routes()) }"#,
            all,
        ),
        (
            r#"fn docs() -> (Vec<Route>, OpenApi) { openapi_get_routes_spec![settings: a, b] }
               fn go() { mount_endpoints_and_merged_docs! { rocket, "/v1".to_owned(), settings, "/x" => docs(), "/y" => sub::routes(), } }"#,
            &["GET /v1/x/a", "GET /v1/x/b", "GET /v1/y/c"],
        ),
    ];
    for (source, expected) in cases {
        let (ids, spots) = mounted(&format!("{handlers}{source}"));
        assert_eq!(ids, *expected, "{source}");
        assert_eq!(spots, Vec::<String>::new(), "{source}");
    }
}

#[test]
fn bases_are_read_as_far_as_they_are_known() {
    let cases = [
        (r#""/x""#, "GET /x/a"),
        ("BASE", "GET /base/a"),
        (r#"format!("{BASE}/v{}", 2)"#, "GET /base/v2/a"),
        ("text()", "GET /text/a"),
        ("own", "GET /own/a"),
        (r#"[BASE, "/x"].concat()"#, "GET /base/x/a"),
        (r#"["a", "b"].join("/")"#, "GET /a/b/a"),
        (r#"[path, "/api"].concat()"#, "GET {?}/api/a"),
        (r#"path.to_owned() + "/api""#, "GET {?}/api/a"),
        (r#"&format!("{path}/api/{}/x", own)"#, "GET {?}/api/own/x/a"),
        (r#"format!("{path}api")"#, "GET {?}/api/a"),
        (r#"format!("/a/{path}")"#, "GET /a/{?}/a"),
        ("changed", "GET /y{?}/a"),
        ("path", "GET {?}/a"),
        (r#"uri!("/x")"#, "GET /x/a"),
    ];
    for (base, expected) in cases {
        let source = format!(
            r#"const BASE: &str = "/base"; fn text() -> &'static str {{ "/text" }}
            #[get("/a")] fn a() -> String {{ todo!() }}
            #[get("/z")] fn z() -> String {{ todo!() }}
            fn go(path: &str) -> _ {{ let own = "/own"; let mut changed = String::from("/y"); changed.push_str(path);
                rocket::build().mount({base}, routes![a]) }}"#
        );
        let (ids, spots) = mounted(&source);
        assert!(ids.iter().any(|id| id == expected), "{base}: {ids:?}");
        let unknown = spots.iter().filter(|spot| spot.starts_with("unknown-prefix: 1 handlers are mounted at")).count();
        assert_eq!(unknown, usize::from(expected.contains("{?}")), "{base}: {spots:?}");
    }
}

#[test]
fn what_no_mount_reaches_begins_with_something_unknown() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "fn lost() -> Vec<Route> { routes![a, b] }",
            &["GET {?}/a", "GET {?}/b"],
            &["unknown-prefix: 2 handlers of this list reach no mount that could be read"],
        ),
        (
            r#"fn go(list: Vec<Route>) -> _ { rocket::build().mount("/x", list).mount("/y", routes![a]) }"#,
            &["GET /y/a", "GET {?}/b"],
            &[
                "unknown-route: what `app::go` serves below `/x` could not be read",
                "unknown-prefix: `app::b` stands in no list of routes that could be read",
            ],
        ),
        (
            r#"fn go(p: &str) -> _ { rocket::build().mount(p, routes![a, b]).mount("/f", rocket::fs::FileServer::from("x")) }
               #[cfg(test)] fn tests() { rocket::build().mount("/t", routes![a, b]); }"#,
            &["GET /f/{*path} path(path: string)", "GET {?}/a", "GET {?}/b"],
            &["unknown-prefix: 2 handlers are mounted at `{?}`, of which not all is known"],
        ),
    ];
    for (source, endpoints, expected) in cases {
        let handlers = r#"#[get("/a")] fn a() -> String { todo!() } #[get("/b")] fn b() -> String { todo!() }"#;
        let (ids, mut spots) = mounted(&format!("{handlers}{source}"));
        assert_eq!(ids, *endpoints, "{source}");
        spots.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(spots, expected, "{source}");
    }
}

#[test]
fn loops_fairings_and_traits_mount() {
    let handlers = r#"
        use rocket::fairing::{AdHoc, Fairing};
        #[get("/a")] fn a() -> String { todo!() }
        #[get("/b")] fn b() -> String { todo!() }
        fn all() -> Vec<Route> { routes![a] }
        "#;
    let cases: &[(&str, &[&str])] = &[
        (
            r#"fn go() -> _ { let mut r = rocket::build(); for v in ["/v1", "/v2"] { r = r.mount(format!("{v}/x"), all()); } r.mount("/", routes![b]) }"#,
            &["GET /b", "GET /v1/x/a", "GET /v2/x/a"],
        ),
        (
            r#"const BASES: [&str; 2] = ["/v1", "/v2"];
               fn go() -> _ { BASES.iter().fold(rocket::build(), |r, base| r.mount(*base, all())).mount("/", routes![b]) }"#,
            &["GET /b", "GET /v1/a", "GET /v2/a"],
        ),
        (
            r#"const PARTS: &[(&str, fn() -> Vec<Route>)] = &[("/x", all), ("/y", more)]; fn more() -> Vec<Route> { routes![b] }
               fn go() -> _ { let mut r = rocket::build(); for (base, part) in PARTS { r = r.mount(*base, part()); } r }"#,
            &["GET /x/a", "GET /y/b"],
        ),
        (
            r#"mod stage { pub fn stage() -> rocket::fairing::AdHoc { rocket::fairing::AdHoc::on_ignite("s", |rocket| async { use super::b; rocket.mount("/s", routes![b]) }) } }
               async fn late(rocket: Rocket<Build>) -> Rocket<Build> { rocket.mount("/late", all()) }
               fn go() -> _ { rocket::build().attach(stage::stage()).attach(AdHoc::on_ignite("late", late)).attach(AdHoc::config::<u8>()) }"#,
            &["GET /late/a", "GET /s/b"],
        ),
        (
            r#"struct Own { base: &'static str }
               #[rocket::async_trait] impl Fairing for Own { fn info(&self) -> rocket::fairing::Info { todo!() }
                 async fn on_ignite(&self, rocket: Rocket<Build>) -> rocket::fairing::Result { Ok(rocket.mount(self.base, all()).mount("/b", routes![b])) } }
               fn go() -> _ { rocket::build().attach(Own { base: "/own" }) }"#,
            &["GET /b/b", "GET /own/a"],
        ),
        (
            r#"struct Own; impl From<Own> for Vec<Route> { fn from(_: Own) -> Self { routes![a, b] } }
               trait Part { fn add(self, base: &str) -> Self; } impl Part for Rocket<Build> { fn add(self, base: &str) -> Self { self.mount(base, all()) } }
               async fn main() { let _ = rocket::build().mount("/own", Own).add("/part").launch().await; }"#,
            &["GET /own/a", "GET /own/b", "GET /part/a"],
        ),
        (
            r#"fn go() -> _ { let r = rocket::build(); if cfg!(feature = "x") { r.mount("/x", all().into_iter().chain(routes![b]).collect::<Vec<_>>()) } else { r.mount("/y", [all(), routes![b]].concat()) } }"#,
            &["GET /x/a", "GET /x/b", "GET /y/a", "GET /y/b"],
        ),
    ];
    for (source, expected) in cases {
        let (ids, spots) = mounted(&format!("{handlers}{source}"));
        assert_eq!(ids, *expected, "{source}");
        assert_eq!(spots, Vec::<String>::new(), "{source}");
    }
}

#[test]
fn a_handler_that_no_list_names_is_not_served() {
    let source = r#"
        #[get("/a")] fn a() -> String { todo!() }
        #[get("/b")] fn b() -> String { todo!() }
        fn go() -> _ { rocket::build().mount("/", routes![a]) }
        "#;
    assert_eq!(mounted(source), (vec!["GET /a".to_owned()], Vec::new()));
}

#[test]
fn what_a_route_fixes_is_asked_for() {
    check(
        &["rocket"],
        r#"
        #[macro_use] extern crate rocket;
        use rocket::{http::Status, response::status::{self, Custom}, serde::json::Json};
        #[derive(serde::Serialize)] struct User { name: String }
        #[get("/a?lang=en&raw", format = "json")] fn a() -> (Status, Json<User>) { (Status::Accepted, Json(User { name: String::new() })) }
        #[delete("/b", format = "text/plain")] fn b() -> Custom<Json<User>> { Custom(Status::Gone, Json(User { name: String::new() })) }
        #[get("/c")] fn c() -> Status { Status::NoContent }
        #[get("/d")] fn d() -> status::Custom<String> { status::Custom(Status::Created, String::new()) }
        #[get("/e")] fn e() -> Result<Json<User>, (Status, String)> {
            if true { return Err((Status::Conflict, String::new())); }
            let user: Json<User> = todo!();
            Ok(user)
        }
        #[get("/f")] fn f() -> Result<Status, Status> { std::fs::read("x").map_err(|_| Status::NotFound)?; Ok(Status::NoContent) }
        fn go() -> _ { rocket::build().mount("/", routes![a, b, c, d, e, f]) }
        "#,
        &[
            "DELETE /b header(content-type: string) 410(application/json {name})",
            "GET /a query(lang: enum, raw: enum) header(accept?: enum) 202(application/json {name})",
            "GET /c 204",
            "GET /d 201(text/plain string)",
            "GET /e 200(application/json {name}) 409(text/plain string)",
            "GET /f 204 404",
        ],
    );
}

#[test]
fn guards_are_named_once_a_type() {
    let source = r#"
        pub struct Admin;
        #[get("/a")] fn a(admin: Admin, jar: &rocket::http::CookieJar<'_>, db: &rocket::State<u8>) -> String { todo!() }
        #[get("/b")] fn b(admin: Option<Admin>, ws: rocket_ws::WebSocket) -> String { todo!() }
        fn go() -> _ { rocket::build().mount("/", routes![a, b]) }
        "#;
    let spots = super::blind_spots(&["rocket", "rocket_ws"], &format!("#[macro_use] extern crate rocket;{source}"));
    let expected = "unknown-extractor: `app::Admin`: a request guard; if it reads nothing that clients send, add \
                    `\"app::Admin\" = \"ignore\"` to [package.metadata.verpolicy.extractors]";
    assert_eq!(spots, [expected]);
}

#[test]
fn wrappers_inside_a_form_are_looked_through() {
    check(
        &["rocket"],
        r#"
        #[macro_use] extern crate rocket;
        use rocket::{form::{Form, Strict}, fs::TempFile, serde::json::Json};
        #[derive(serde::Deserialize)] #[serde(rename_all = "camelCase")] struct Inner { a_b: u32 }
        #[derive(FromForm)] struct Upload<'f> { model: Json<Inner>, data: TempFile<'f> }
        #[post("/u", format = "multipart/form-data", data = "<u>")] fn u(u: Form<Strict<Upload<'_>>>) -> String { todo!() }
        fn go() -> _ { rocket::build().mount("/", routes![u]) }
        "#,
        &["POST /u header(content-type: string) body(multipart/form-data {model,data}) 200(text/plain string)"],
    );
}

#[test]
fn data_of_the_project_reads_what_the_configuration_says() {
    let source = r#"
        #[macro_use] extern crate rocket;
        #[derive(serde::Deserialize)] struct User { name: String }
        pub struct Checked<T>(T);
        #[post("/u", data = "<u>")] fn u(u: Checked<User>) -> String { todo!() }
        fn go() -> _ { rocket::build().mount("/", routes![u]) }
        "#;
    let unknown = &super::blind_spots(&["rocket"], source);
    assert!(
        unknown.iter().any(|spot| spot.contains("or what it reads (\"rocket::serde::json::Json<$1>\")")),
        "{unknown:?}"
    );
    let stated = [("app::Checked", "rocket::serde::json::Json<$1>")];
    let expected = ["POST /u body(application/json {name}) 200(text/plain string)"];
    assert_eq!(super::lines_with(&["rocket"], source, &stated), expected);
}

#[test]
fn one_list_that_is_not_read_hides_no_more_than_it_may_hold() {
    let handlers = r#"#[get("/a")] fn a() -> String { todo!() } #[get("/b")] fn b() -> String { todo!() }"#;
    let cases: &[(&str, &[&str])] = &[
        // Only a handler of that name can be meant.
        (r#"fn go() -> _ { rocket::build().mount("/x", routes![a, other::c]) }"#, &["GET /x/a"]),
        (r#"fn go() -> _ { rocket::build().mount("/x", routes![a, other::b]) }"#, &["GET /x/a", "GET {?}/b"]),
        // A router of another framework mounts none of them.
        (
            r#"fn other() -> axum::Router { axum::Router::new().merge(gone::router()) }
               fn go() -> _ { rocket::build().mount("/x", routes![a]) }"#,
            &["GET /x/a"],
        ),
    ];
    for (source, endpoints) in cases {
        let (ids, _) = mounted(&format!("{handlers}{source}"));
        assert_eq!(ids, *endpoints, "{source}");
    }
}
