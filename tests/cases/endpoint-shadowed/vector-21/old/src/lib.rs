use serde::{Deserialize, Serialize};
use versioning_macros::api;

use axum::extract::Path;

#[api(GET "/u/{id}", since = "1.0", responses(204))]
pub async fn get(Path(id): Path<String>) {}

#[api(DELETE "/u/{id}", since = "1.0", responses(204))]
pub async fn delete(Path(id): Path<String>) {}
