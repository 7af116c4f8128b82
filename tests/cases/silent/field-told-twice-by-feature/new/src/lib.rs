use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[cfg(feature = "extra")]
    a: u32,
    #[cfg(not(feature = "extra"))]
    a: u32,
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
