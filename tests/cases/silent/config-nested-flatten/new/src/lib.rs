use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[api(config, since = "1.0")]
pub struct T {
    a: u32,
    #[serde(flatten)]
    rest: Rest,
}
#[derive(Serialize, Deserialize)]
pub struct Rest {
    b: Option<u32>,
}
