use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    b: u32,
    #[serde(flatten)]
    p: P,
}
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct P {
    a: u32,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
