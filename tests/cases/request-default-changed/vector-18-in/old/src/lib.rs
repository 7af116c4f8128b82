use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[serde(default)]
    retries: u32,
    #[serde(default)]
    verbose: bool,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
