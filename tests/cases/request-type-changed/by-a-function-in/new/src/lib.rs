use serde::{Deserialize, Deserializer};
use versioning_macros::api;

#[derive(Deserialize)]
pub struct T {
    #[serde(deserialize_with = "whole")]
    number: u64,
}

fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    u64::deserialize(deserializer)
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
