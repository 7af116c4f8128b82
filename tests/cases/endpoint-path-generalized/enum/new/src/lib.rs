use axum::extract::Path;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Raw,
    Text,
}

#[api(GET "/f/{kind}", since = "1.0", responses(204))]
pub async fn x(_: Path<Kind>) {}
