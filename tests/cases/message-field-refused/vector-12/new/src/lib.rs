use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[api(message, since = "1.0")]
pub struct Ev {
    id: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}
