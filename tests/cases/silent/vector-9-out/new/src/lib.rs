use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum T { Full { id: u8, name: String }, Id { id: u8 } }

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
