//! warp: filters.

use super::{blind_spots, check};

const WARP: &[&str] = &["warp", "utoipa"];

#[test]
fn filters_compose() {
    check(
        WARP,
        r#"
        use warp::{Filter, Rejection, Reply};
        async fn list() -> String { todo!() }
        async fn find(id: u64) -> String { todo!() }
        async fn create(db: Db) -> String { todo!() }
        struct Db;
        fn with_db(db: Db) -> impl Filter<Extract = (Db,), Error = Rejection> + Clone { warp::any().map(move || db.clone()) }
        fn users() -> impl Filter<Extract = (impl Reply,), Error = Rejection> + Clone {
            warp::path!("users").and(warp::get()).then(list)
                .or(warp::path!("users" / u64).and(warp::get().or(warp::head()).unify()).then(find))
                .or(warp::path("users").and(warp::path::end()).and(warp::post()).and(with_db(Db)).then(create).map(|x| x))
        }
        fn main() {
            let api = warp::path!("api" / "v1" / ..).and(users()).boxed();
            let routes = api.or(warp::path("health").and(warp::path::end()).map(|| "ok")).with(warp::log("x"));
            warp::serve(routes);
        }
        "#,
        &[
            "ANY /health 200(text/plain string)",
            "GET /api/v1/users 200(text/plain string)",
            "GET /api/v1/users/{id} path(id: number) 200(text/plain string)",
            "HEAD /api/v1/users/{id} path(id: number) 200(text/plain string)",
            "POST /api/v1/users 200(text/plain string)",
        ],
    );
}

#[test]
fn what_the_attribute_says_of_a_handler_stands_below_its_filters() {
    check(
        WARP,
        r#"
        use warp::Filter;
        #[utoipa::path(get, path = "/version", responses((status = 200, body = String)))]
        async fn version() -> String { todo!() }
        fn main() {
            warp::serve(warp::path!("api" / ..).and(warp::path!("version").and(warp::get()).then(version)));
        }
        "#,
        &["GET /api/version 200(text/plain string)"],
    );
}

#[test]
fn a_filter_that_could_not_be_read_is_a_blind_spot() {
    let spots = blind_spots(
        WARP,
        r#"
        use warp::Filter;
        fn main() { warp::serve(warp::path("a").map(|| "a").or(elsewhere::routes())); }
        "#,
    );
    assert!(spots.iter().any(|spot| spot.starts_with("unknown-route")), "{spots:?}");
}

#[test]
fn filters_read_what_the_function_behind_them_takes() {
    check(
        WARP,
        r#"
        use warp::{Filter, Rejection, Reply, http::StatusCode};
        #[derive(serde::Deserialize, serde::Serialize)] struct Item { name: String }
        #[derive(serde::Deserialize)] struct Page { size: Option<u32> }
        struct User; struct Db;
        fn json<T: serde::de::DeserializeOwned + Send>() -> impl Filter<Extract = (T,), Error = Rejection> + Clone {
            warp::body::content_length_limit(1024).and(warp::body::json())
        }
        fn user() -> impl Filter<Extract = (User,), Error = Rejection> + Clone {
            warp::header::<String>("authorization").and(warp::cookie::optional("session")).and_then(check)
        }
        async fn check(token: String, session: Option<String>) -> Result<User, Rejection> { todo!() }
        async fn allowed(token: Option<String>) -> Result<(), Rejection> { todo!() }
        async fn put(id: u32, user: User, page: Page, item: Item) -> Result<impl Reply, Rejection> {
            Ok(warp::reply::with_status(warp::reply::json(&item), StatusCode::CREATED))
        }
        async fn list(page: Option<Page>, db: Db) -> Result<impl Reply, Rejection> { Ok(warp::reply::json(&Vec::<Item>::new())) }
        fn main() {
            let db = warp::any().map(|| Db);
            let page = warp::query::<Page>().map(Some).or_else(|_| async { Ok::<(Option<Page>,), Rejection>((None,)) });
            let put = warp::path!("items" / u32).and(warp::put()).and(user()).and(warp::query()).and(json()).and_then(put);
            let list = warp::path("items").and(warp::path::end()).and(warp::get())
                .and(warp::header::optional("x-key").and_then(allowed).untuple_one()).and(page).and(db).and_then(list);
            let form = warp::path!("login").and(warp::post()).and(warp::body::form::<Item>()).map(|item: Item| StatusCode::NO_CONTENT);
            let exact = warp::path!("raw").and(warp::header::exact("x-a", "1")).and(warp::body::bytes()).map(|bytes| "ok");
            let root = warp::path::end().map(|| warp::redirect::found(warp::http::Uri::from_static("/a")));
            let ws = warp::path!("ws" / String).and(warp::ws()).map(|room: String, ws: warp::ws::Ws| ws.on_upgrade(|_| async {}));
            let all = put.or(list).or(form).or(exact).or(root).or(ws).recover(|r: Rejection| async { Err::<String, _>(r) });
            warp::serve(all.with(warp::cors().build()));
        }
        "#,
        &[
            "ANY / 302",
            "ANY /raw header(x-a: enum) body?(*/* any) 200(text/plain string)",
            "GET /items query(size?: number) header(x-key?: string) 200(application/json [{name}])",
            "GET /ws/{room} path(room: string) 101(*/* opaque websocket)",
            "POST /login body(application/x-www-form-urlencoded {name}) 204",
            "PUT /items/{id} path(id: number) query(size?: number) header(authorization: string) cookie(session?: string) \
             body(application/json {name}) 201(application/json {name})",
        ],
    );
}

#[test]
fn filters_say_what_is_read_where_a_document_says_less() {
    let source = r#"
        use warp::Filter;
        #[derive(serde::Deserialize)] struct Page { size: u32, after: Option<String> }
        #[derive(serde::Deserialize)] struct New { name: String }
        struct Db;
        #[utoipa::path(get, path = "/users/{id}", params(("id" = u64, Path)), responses((status = 200)))]
        async fn list(id: u64, page: Page, db: Db) -> String { todo!() }
        #[utoipa::path(post, path = "/users", responses((status = 201)))]
        async fn create(new: New) -> String { todo!() }
        fn main() {
            let list = warp::path!("users" / u64).and(warp::get()).and(warp::query::<Page>()).and(db()).then(list);
            let create = warp::path!("users").and(warp::post()).and(warp::body::json()).then(create);
            warp::serve(list.or(create));
        }
        "#;
    check(
        WARP,
        source,
        &[
            "GET /users/{id} path(id: number) query(size: number, after?: string) 200(text/plain string)",
            "POST /users body(application/json {name}) 200(text/plain string)",
        ],
    );
    let unknown = |spot: &String| spot.starts_with("unknown-extractor");
    assert!(!blind_spots(WARP, source).iter().any(unknown));
}
