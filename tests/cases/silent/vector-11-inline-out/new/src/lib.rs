use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum T { V { x: u8 } }
#[derive(Serialize, Deserialize)]
pub struct P { x: u8 }

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
