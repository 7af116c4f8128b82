use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::marker::PhantomData;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct T {
    event: Raw<Event>,
}

#[derive(Deserialize)]
pub struct Event {
    id: u32,
}

pub struct Raw<E> {
    json: Box<RawValue>,
    event: PhantomData<E>,
}

impl<'de, E> Deserialize<'de> for Raw<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|json| Self { json, event: PhantomData })
    }
}

#[api(POST "/x", since = "1.0", request = T)]
pub async fn x() {}
