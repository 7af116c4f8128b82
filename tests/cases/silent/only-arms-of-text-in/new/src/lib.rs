use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    kind: Kind,
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Kind {
    Room(Box<str>),
    User(String),
}

#[api(POST "/x", since = "1.0", request = T)]
pub async fn x() {}
