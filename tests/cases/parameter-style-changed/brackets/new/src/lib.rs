use serde_qs::axum::QsQuery;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[serde(default)]
    tag: Vec<String>,
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(_: QsQuery<T>) {}
