use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(default)]
pub struct T {
    retries: u32, verbose: bool,
}

impl Default for T {
    fn default() -> Self {
        Self { retries: 3, verbose: false }
    }
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
