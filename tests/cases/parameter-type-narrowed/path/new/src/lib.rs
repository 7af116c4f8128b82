use axum::extract::Path;
use serde::{Deserialize, Serialize};
use versioning_macros::api;



#[api(GET "/f/{id}", since = "1.0", responses(204))]
pub async fn x(_: Path<u64>) {}
