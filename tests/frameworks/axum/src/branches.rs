//! Routes behind `cfg` and `if` are seen and say so.

use axum::routing::{get, post};
use axum::Router;

async fn always() {}
async fn sometimes() {}
async fn rarely() {}
async fn here() {}
async fn chosen() {}

/// What is switched on.
pub struct Flags {
    pub metrics: bool,
    pub mode: Mode,
}

pub enum Mode {
    Full,
    Small,
}

fn by_mode(mode: &Mode) -> Router {
    match mode {
        Mode::Full => Router::new().route("/full", get(chosen)),
        Mode::Small => Router::new(),
    }
}

pub fn router(flags: &Flags) -> Router {
    let mut router = Router::new().route("/always", get(always));
    if flags.metrics {
        router = router.route("/metrics", get(sometimes));
    }
    router = if cfg!(debug_assertions) { router.route("/debug", get(rarely)) } else { router };
    #[cfg(unix)]
    let router = router.route("/unix", post(here));
    router.merge(by_mode(&flags.mode))
}
