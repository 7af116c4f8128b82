use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum T { IPv4, HTTPOnly }

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
