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
    groups: Groups,
}

pub struct Groups(Vec<Grouped>);

pub enum Grouped {
    Room(BTreeMap<Box<str>, Group>),
    Other(Custom),
}

pub struct Custom {
    key: String,
    map: BTreeMap<String, Group>,
}

impl Serialize for Groups {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(self.0.len()))?;
        for map in &self.0 {
            match map {
                Grouped::Room(map) => out.serialize_entry(&Key::Room, map)?,
                Grouped::Other(Custom { key, map }) => {
                    out.serialize_entry(key, map)?;
                }
            }
        }
        out.end()
    }
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
