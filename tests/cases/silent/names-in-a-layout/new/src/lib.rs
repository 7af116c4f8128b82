use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[api(message, layout = "bincode", since = "1.0.0")]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tick {
    Above(u8),
    Down,
}
