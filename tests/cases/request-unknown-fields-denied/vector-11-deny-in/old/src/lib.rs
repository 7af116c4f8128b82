use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(tag = "t", deny_unknown_fields)]
pub enum T { V(P) }
#[derive(Serialize, Deserialize)]
pub struct P { x: u8 }

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
