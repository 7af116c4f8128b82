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
            "ANY /health body?(*/* opaque a closure or service) success(*/* opaque a closure or service)",
            "GET /api/v1/users body?(*/* opaque a closure or service) success(*/* opaque a closure or service)",
            "GET /api/v1/users/{u64} path(u64: string) body?(*/* opaque a closure or service) success(*/* opaque a closure or service)",
            "HEAD /api/v1/users/{u64} path(u64: string) body?(*/* opaque a closure or service) success(*/* opaque a closure or service)",
            "POST /api/v1/users body?(*/* opaque a closure or service) success(*/* opaque a closure or service)",
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
