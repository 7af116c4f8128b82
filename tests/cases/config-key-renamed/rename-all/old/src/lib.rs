use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[api(config, since = "1.0")]
pub struct T {
    max_size: u32,
    min_size: u32,
}
