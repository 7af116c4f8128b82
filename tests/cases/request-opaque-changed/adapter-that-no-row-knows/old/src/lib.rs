use serde::{Deserialize, Serialize};
use versioning_macros::api;

use serde_with::{DisplayFromStr, OneOrMany, serde_as};

#[derive(Deserialize, Serialize)]
pub struct Entry {
    #[serde(rename = "$key$")]
    key: String,
    value: u8,
}

#[serde_as]
#[derive(Deserialize, Serialize)]
pub struct A {
    #[serde_as(as = "serde_with::KeyValueMap<_>")]
    at: Vec<Entry>,
}

#[api(POST "/a", since = "1.0", request = A, responses(204))]
pub async fn a() {}
