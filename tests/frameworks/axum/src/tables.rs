//! Routers built in loops over literal tables.

use axum::routing::{get, post, MethodRouter};
use axum::Router;

async fn first() {}
async fn second() {}
async fn third() {}

const NAMES: [&str; 2] = ["/named/a", "/named/b"];

fn table() -> Vec<(&'static str, MethodRouter)> {
    vec![("/table/first", get(first)), ("/table/second", post(second))]
}

#[derive(Clone, Copy)]
enum By {
    Get,
    Post,
}

/// A row of a table of our own.
struct Row(By, &'static str);

const ROWS: [Row; 2] = [Row(By::Get, "/rows/shown"), Row(By::Post, "/rows/added")];

fn answering(by: By) -> MethodRouter {
    match by {
        By::Get => get(first),
        By::Post => post(second),
    }
}

pub fn router() -> Router {
    let mut router = Router::new();
    for Row(by, path) in ROWS {
        router = router.route(path, answering(by));
    }
    for (path, method) in [("/loop/first", get(first)), ("/loop/third", get(third))] {
        router = router.route(path, method);
    }
    for (path, method) in table() {
        router = router.route(path, method);
    }
    for name in NAMES {
        router = router.route(name, get(third));
    }
    ["/fold/a", "/fold/b"].iter().fold(router, |router, path| router.route(path, get(first)))
}
