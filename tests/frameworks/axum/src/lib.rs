//! Every shape of an axum server, a module each.

pub mod bodies;
pub mod branches;
pub mod builders;
pub mod composition;
pub mod handed;
pub mod macros;
pub mod prefixes;
pub mod servers;
pub mod tables;
pub mod typed;

use axum::Router;

/// Everything.
pub fn app(flags: &branches::Flags, base: &str) -> Router {
    Router::new()
        .merge(bodies::router())
        .merge(branches::router(flags))
        .nest("/built", builders::router())
        .nest("/composed", composition::router())
        .nest("/handed", handed::router())
        .merge(macros::router())
        .merge(prefixes::router(base))
        .merge(tables::router())
        .merge(typed::router())
}
