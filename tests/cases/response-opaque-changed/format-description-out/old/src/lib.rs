use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize)]
pub struct A {
    at: String,
}

#[api(GET "/a", since = "1.0", responses(200 = A))]
pub async fn a() {}
