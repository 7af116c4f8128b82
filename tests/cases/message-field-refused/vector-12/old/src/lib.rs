use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[api(message, since = "1.0")]
pub struct Ev { id: u8 }
