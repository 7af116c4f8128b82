use axum::extract::Path;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Key(u32, String);

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a/{id}/{name}", responses((status = 204)))]
pub async fn a(Path(_): Path<Key>) {}
