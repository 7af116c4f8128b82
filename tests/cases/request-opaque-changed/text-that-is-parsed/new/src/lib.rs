use axum::Json;
use serde::{Deserialize, Deserializer};
use std::str::FromStr;
use versioning_macros::api;

pub struct Key(String);

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() < 5 { Err("short".to_owned()) } else { Ok(Key(text.to_owned())) }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("no key"))
    }
}

#[derive(Deserialize)]
pub struct First {
    key: Key,
}

#[derive(Deserialize)]
pub struct Second {
    other: Option<Key>,
}

#[api(POST "/a", since = "1.0")]
pub async fn a(Json(body): Json<First>) -> Json<u8> {
    todo!()
}

#[api(POST "/b", since = "1.0")]
pub async fn b(Json(body): Json<Second>) -> Json<u8> {
    todo!()
}
