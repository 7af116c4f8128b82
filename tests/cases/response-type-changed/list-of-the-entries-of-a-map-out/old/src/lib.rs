use serde::{Deserialize, Serialize};
use versioning_macros::api;

use serde_with::{DisplayFromStr, OneOrMany, serde_as};

#[serde_as]
#[derive(Deserialize, Serialize)]
pub struct A {
    at: std::collections::BTreeMap<String, u8>,
}

#[api(GET "/a", since = "1.0", responses(200 = A))]
pub async fn a() {}
