use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    kind: Kind,
}
#[derive(Serialize, Deserialize)]
pub enum Kind {
    A,
    B,
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
