use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum T { S(String), N(u64) }

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
