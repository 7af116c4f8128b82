use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[api(message, layout = "bincode", since = "1.0.0")]
#[derive(Serialize, Deserialize)]
pub struct Ticks {
    all: Vec<Tick>,
}

#[derive(Serialize, Deserialize)]
pub enum Tick {
    Up,
    Down,
}
