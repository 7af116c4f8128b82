use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    kind: String,
}

#[api(POST "/x", since = "1.0", request = T)]
pub async fn x() {}
