//! Routers that go through fields, macros of the body and methods of traits before something serves them.

use axum::routing::{get, post, MethodRouter};
use axum::Router;
use std::future::Future;
use tokio::net::TcpListener;

async fn shown() -> &'static str {
    "shown"
}

async fn kept() -> &'static str {
    "kept"
}

/// `macro_rules!` inside a body: what it binds stays bound, and what it makes answers.
fn by_local_macros() -> Router {
    macro_rules! handler {
        ($text:literal) => {{
            async fn answer() -> &'static str {
                $text
            }
            answer
        }};
    }
    macro_rules! add {
        ($router:ident, $path:literal) => {
            let $router = $router.route($path, post(kept));
        };
    }
    let router = Router::new().route("/by-macro/one", get(handler!("one")));
    add!(router, "/by-macro/two");
    router
}

/// A router in an `Option`, taken out and put back.
struct Held {
    router: Option<Router>,
    base: Option<String>,
}

impl Held {
    fn new() -> Self {
        Self { router: Some(Router::new().route("/held/first", get(shown))), base: None }
    }

    fn add(&mut self, path: &str, answers: MethodRouter) {
        self.router = self.router.take().map(|router| router.route(path, answers));
    }

    fn under(mut self, base: &str) -> Self {
        self.base = Some(base.to_owned());
        self
    }

    fn whole(self) -> Router {
        let Self { router, base } = self;
        match base {
            Some(base) => Router::new().nest(&base, router.unwrap_or_default()),
            None => panic!("it stands below nothing"),
        }
    }
}

/// A part of the server: those that no list names are not served.
trait Part {
    fn router(&self) -> Router;
}

struct Listed;

struct Left;

impl Part for Listed {
    fn router(&self) -> Router {
        Router::new().route("/listed", get(shown))
    }
}

impl Part for Left {
    fn router(&self) -> Router {
        Router::new().route("/left", get(shown))
    }
}

/// Named by its trait.
trait Adds {
    fn add(router: Router) -> Router;
}

impl Adds for Left {
    fn add(router: Router) -> Router {
        router.route("/by-trait", get(kept))
    }
}

/// Everything of this module.
pub fn router() -> Router {
    let mut held = Held::new();
    held.add("/held/second", post(kept));
    let parts: Vec<Box<dyn Part>> = vec![Box::new(Listed)];
    let listed = parts.iter().fold(Router::new(), |all, part| all.merge(part.router()));
    let named = <Left as Adds>::add(listed);
    Router::new().merge(by_local_macros()).merge(held.under("/below").whole()).merge(named)
}

/// What every service is run by; each says only what it serves.
pub trait Service {
    /// Its routes.
    fn routes() -> Router;

    /// Serves them.
    fn run() -> impl Future<Output = std::io::Result<()>> {
        async {
            let app = Router::new().nest("/service", Self::routes());
            axum::serve(TcpListener::bind("127.0.0.1:0").await?, app).await
        }
    }
}

/// One.
pub struct Clock;

impl Service for Clock {
    fn routes() -> Router {
        Router::new().route("/clock", get(shown))
    }
}

/// Another.
pub struct Calendar;

impl Service for Calendar {
    fn routes() -> Router {
        Router::new().route("/calendar", get(kept))
    }
}
