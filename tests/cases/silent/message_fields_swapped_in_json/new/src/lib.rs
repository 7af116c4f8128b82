use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[api(message, since = "1.0.0")]
#[derive(Serialize, Deserialize)]
pub struct Tick {
    at: u64,
    id: u8,
}
