use serde::Serialize;
use std::collections::BTreeMap;
use versioning_macros::api;

#[derive(Serialize)]
pub struct T {
    groups: BTreeMap<String, u32>,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Room(String),
    User(String),
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
