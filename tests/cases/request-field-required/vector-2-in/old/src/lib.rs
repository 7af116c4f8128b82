use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    note: Option<String>,
}

fn trim<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(d)
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
