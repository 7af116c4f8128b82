use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[cfg(feature = "extra")]
    inner: Inner,
    other: Inner,
}
#[derive(Serialize, Deserialize)]
pub struct Inner {
    a: u32,
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
