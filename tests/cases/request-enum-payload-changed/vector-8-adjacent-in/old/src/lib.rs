use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
pub enum T { Ping }

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
