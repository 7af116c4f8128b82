//! `route`, `nest`, `merge`, `fallback`, chains of method routers, `on`, `any`; functions and methods that hand routers
//! on; handlers under other names.

use axum::routing::{any, delete, get, on, post, MethodFilter, MethodRouter};
use axum::Router;

mod handlers {
    pub async fn list() {}
    pub async fn add() {}
    pub async fn find() {}
    pub async fn drop_it() {}
    pub async fn anything() {}
    pub async fn nothing() {}
}

mod names {
    pub use super::handlers::{find as one, list as every};
}

use handlers::{add, anything, drop_it, nothing};
use names::*;

fn chain() -> MethodRouter {
    get(every).post(add).fallback(nothing)
}

struct Parts {
    users: Router,
}

impl Parts {
    fn new() -> Self {
        Self { users: Router::new().route("/users", chain()).route("/users/{id}", get(one).merge(delete(drop_it))) }
    }

    fn routes(self) -> Router {
        self.users
    }
}

fn extended(mut router: Router) -> Router {
    router = router.route("/late", post(add));
    router.route("/latest", get(every))
}

pub fn router() -> Router {
    let inner = Router::new().route("/", get(every)).route("/{*rest}", any(anything));
    let mut all = Router::new().merge(Parts::new().routes());
    all = all.route("/filtered", on(MethodFilter::PUT.or(MethodFilter::PATCH), add));
    let all = extended(all).nest("/inner", inner).fallback(nothing);
    all.method_not_allowed_fallback(nothing)
}
