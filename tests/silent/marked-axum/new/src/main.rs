mod people;

use axum::Router;
use axum::routing::{MethodRouter, get};

fn users() -> MethodRouter {
    get(people::list).post(people::create)
}

fn main() {
    let router: Router = Router::new().route("/users", users());
    let _ = router.route("/users/{user}", get(people::find));
}
