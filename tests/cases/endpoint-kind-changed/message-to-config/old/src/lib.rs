use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[api(message, since = "1.0")]
pub struct T {
    a: u32,
}
