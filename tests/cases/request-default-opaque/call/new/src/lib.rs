use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[serde(default = "a")]
    a: u32,
}

fn a() -> u32 {
    std::process::id() + 1
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
