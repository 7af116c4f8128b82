use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[derive(Default)]
#[serde(default)]
pub struct T {
    retries: u32, verbose: bool,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
