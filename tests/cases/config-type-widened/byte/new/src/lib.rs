use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[api(config, since = "1.0")]
pub struct T {
    a: u32,
}
