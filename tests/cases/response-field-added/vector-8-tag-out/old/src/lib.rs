use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum T { Ping }

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
