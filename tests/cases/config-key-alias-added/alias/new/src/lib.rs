use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[api(config, since = "1.0")]
pub struct T {
    #[serde(alias = "b")]
    a: u32,
}
