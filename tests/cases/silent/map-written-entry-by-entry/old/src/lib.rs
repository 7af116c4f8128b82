use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Group {
    order: u32,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Room,
    #[serde(untagged)]
    Other(String),
}

#[derive(Serialize)]
pub struct T {
    groups: BTreeMap<Key, BTreeMap<String, Group>>,
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
