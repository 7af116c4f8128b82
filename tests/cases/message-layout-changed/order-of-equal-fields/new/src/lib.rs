use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[api(message, layout = "bincode", since = "1.0.0")]
#[derive(Serialize, Deserialize)]
pub struct Tick {
    at: u8,
    id: u8,
}
