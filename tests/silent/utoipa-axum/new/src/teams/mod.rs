mod wire;

use axum::{Json as J, extract::{self, Path}};
use diesel::prelude::*;
pub use wire::Selection;
use wire::{Failure, Group};

/// Lists.
#[utoipa::path(
    get,
    path = "/teams",
    responses((status = 200, body = [Group], description = "All")),
    params(Selection),
)]
pub async fn list(extract::Query(selection): extract::Query<Selection>) -> J<Vec<Group>> {
    let _ = selection;
    J(Vec::new())
}

#[utoipa::path(
    get,
    path = "/teams/{team}",
    params(("team" = String, Path, description = "The name")),
    responses(
        (status = "4XX", body = Failure),
        (status = 200, body = inline(Group)),
    ),
)]
pub async fn find(Path(name): Path<String>) -> J<Group> {
    unimplemented!("{name}")
}

#[utoipa::path(delete, path = "/teams/{team}", responses((body = Object, status = 200)))]
pub(crate) async fn remove(Path(which): Path<String>) -> String {
    which.to_owned()
}
