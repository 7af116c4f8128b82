//! Derives beside serde's that shape the wire: what each makes of a body, in and out.

pub mod constraints;
pub mod published;
pub mod texts;
pub mod withs;

use axum::Router;

/// Everything.
pub fn app() -> Router {
    Router::new().merge(constraints::router()).merge(published::router()).merge(texts::router()).merge(withs::router())
}
