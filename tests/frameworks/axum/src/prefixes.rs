//! Prefixes from consts, associated consts, const methods, `concat!`, `format!` of knowns; one that is not known.

use axum::routing::get;
use axum::Router;

const API: &str = "/api";
static WITH: &str = "/static";

struct Version;

impl Version {
    const PATH: &'static str = "/v1";
}

trait Named {
    const NAME: &'static str;
}

impl Named for Version {
    const NAME: &'static str = "/named";
}

#[derive(Clone, Copy)]
enum Place {
    Users,
    Groups,
}

impl Place {
    const fn path(self) -> &'static str {
        match self {
            Self::Users => "/users",
            Self::Groups => "/groups",
        }
    }
}

macro_rules! under {
    ($rest:literal) => {
        concat!("/under", $rest)
    };
}

async fn read() {}

pub fn router(base: &str) -> Router {
    let version = 2;
    let nested = Router::new().route(Place::Users.path(), get(read)).route(Place::Groups.path(), get(read));
    Router::new()
        .route(API, get(read))
        .route(concat!("/concat", "/", "two"), get(read))
        .route(&format!("{API}/format"), get(read))
        .route(&format!("{}/v{version}/numbered", API), get(read))
        .route(under!("/macro"), get(read))
        .nest(Version::PATH, nested)
        .nest(<Version as Named>::NAME, Router::new().route("/x", get(read)))
        .nest(WITH, Router::new().route("/y", get(read)))
        .nest(&[API, "/joined"].concat(), Router::new().route("/z", get(read)))
        .nest(base, Router::new().route("/unknown", get(read)))
}
