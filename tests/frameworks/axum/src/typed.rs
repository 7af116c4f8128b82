//! `TypedPath`.

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;

#[derive(Deserialize, TypedPath)]
#[typed_path("/typed/{id}")]
pub struct One {
    pub id: u64,
}

#[derive(Deserialize, TypedPath)]
#[typed_path("/typed")]
pub struct All;

/// Its path is named where it is mounted.
#[derive(Deserialize, TypedPath)]
#[typed_path("/stated")]
pub struct Stated;

async fn one(One { id }: One) -> String {
    id.to_string()
}

async fn all(_: All) -> &'static str {
    "all"
}

async fn add(_: All) {}

async fn stated() {}

pub fn router() -> Router {
    Router::new().route(Stated::PATH, axum::routing::get(stated)).typed_get(one).typed_get(all).typed_post(add)
}
