use serde::{Deserialize, Serialize};
use versioning_macros::api;

use serde_with::{DisplayFromStr, OneOrMany, serde_as};

#[serde_as]
#[derive(Deserialize, Serialize)]
pub struct A {
    #[serde_as(as = "[DisplayFromStr; 2]")]
    at: [u16; 2],
}

#[api(POST "/a", since = "1.0", request = A, responses(204))]
pub async fn a() {}
