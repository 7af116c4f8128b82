//! Builders and traits of the project's own: fields that gather routers, methods with type arguments, defaults that traits
//! give, handlers inside wrappers and closures.

use axum::extract::Query;
use axum::handler::Handler;
use axum::routing::{get, MethodRouter};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Deserialize, Serialize)]
pub struct Wanted {
    pub text: String,
}

async fn search(Query(wanted): Query<Wanted>) -> Json<Wanted> {
    Json(wanted)
}

async fn add(Json(wanted): Json<Wanted>) -> Json<Wanted> {
    Json(wanted)
}

async fn ping() -> &'static str {
    "pong"
}

fn timed<H, T>(handler: H) -> H
where
    H: Handler<T, ()>,
{
    handler
}

fn internal<H, T>(handler: H) -> MethodRouter
where
    H: Handler<T, ()>,
    T: 'static,
{
    get(handler)
}

/// A part of the server.
pub trait Part {
    /// What it stands below.
    const PREFIX: &'static str;
    /// Is it tried out?
    const TRIED: bool;

    /// Its routes.
    fn routes() -> Router;

    /// The whole with it.
    fn mount(app: Router) -> Router {
        let app = app.nest(Self::PREFIX, Self::routes());
        if Self::TRIED {
            return app.route("/tried", get(ping));
        }
        app
    }
}

struct Search;

impl Part for Search {
    const PREFIX: &'static str = "/search";
    const TRIED: bool = false;

    fn routes() -> Router {
        Router::new().route("/", get(timed(search)))
    }
}

struct Adding;

impl Part for Adding {
    const PREFIX: &'static str = "/adding";
    const TRIED: bool = true;

    fn routes() -> Router {
        Router::new().route("/", axum::routing::post(add)).route("/internal", internal(search))
    }

    fn mount(app: Router) -> Router {
        app.nest("/special", Self::routes())
    }
}

#[derive(Default)]
struct Builder {
    app: Router,
    health: bool,
    more: Vec<Router>,
    named: Vec<(String, MethodRouter)>,
    below: HashMap<String, Router>,
    last: Option<Router>,
}

impl Builder {
    fn part<P: Part>(mut self) -> Self {
        self.app = P::mount(self.app);
        self
    }

    fn healthy(self) -> Self {
        Self { health: true, ..self }
    }

    fn more(mut self, router: Router) -> Self {
        self.more.push(router);
        self
    }

    fn route(mut self, path: &str, methods: MethodRouter) -> Self {
        self.named.push((path.to_string(), methods));
        self
    }

    fn below(&mut self, path: &str, router: Router) -> &mut Self {
        self.below.insert(path.to_owned(), router);
        self
    }

    fn last(&mut self, router: Router) -> &mut Self {
        self.last = Some(router);
        self
    }

    fn build(self) -> Router {
        let Self { app, health, more, named, below, last } = self;
        let mut app = more.into_iter().fold(app, Router::merge);
        if health {
            app = app.route("/health", get(ping));
        }
        for (path, methods) in named {
            app = app.route(&path, methods);
        }
        for (path, router) in below {
            app = app.nest(&path, router);
        }
        match last {
            Some(last) => app.nest("/last", last),
            None => app,
        }
    }
}

/// What has a path.
pub trait Located {
    /// Its path.
    fn path() -> &'static str;
}

/// What never changes its path.
pub trait Fixed {
    /// Its path.
    const PATH: &'static str;
}

impl<T: Fixed> Located for T {
    fn path() -> &'static str {
        T::PATH
    }
}

struct Login;

impl Fixed for Login {
    const PATH: &'static str = "/login";
}

mod names {
    pub const LISTED: &str = "/listed";

    pub struct Paths;

    impl Paths {
        pub const SHOWN: &'static str = "/shown";
    }
}

fn named() -> Router {
    use names::*;
    let state = String::new();
    Router::new()
        .route(Login::path(), get(ping))
        .route(LISTED, get(move |wanted| async move { search(wanted).await }))
        .route(Paths::SHOWN, get(move |wanted: Query<Wanted>| kept(state, wanted)))
}

async fn kept(_state: String, wanted: Query<Wanted>) -> Json<Wanted> {
    Json(wanted.0)
}

fn chosen() -> Router {
    Router::new().nest("/chosen", {
        #[cfg(feature = "full")]
        {
            Router::new().route("/full", get(ping))
        }
        #[cfg(not(feature = "full"))]
        {
            Router::new()
        }
    })
}

/// Everything.
pub fn router() -> Router {
    let mut builder = Builder::default()
        .part::<Search>()
        .part::<Adding>()
        .healthy()
        .more(Router::new().route("/more", get(ping)))
        .route("/named", get(ping));
    builder.last(Router::new().route("/one", get(ping)));
    builder.below("/left", Router::new().route("/a", get(ping))).below("/right", Router::new().route("/b", get(ping)));
    builder.build().merge(named()).merge(chosen())
}

/// What somebody else adds is not known.
pub fn extended(add: impl FnOnce(Router) -> Router) -> Router {
    add(Router::new().route("/extended", get(ping)))
}
