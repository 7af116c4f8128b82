use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum T {
    A { x: u8 },
    B { y: u8 },
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
