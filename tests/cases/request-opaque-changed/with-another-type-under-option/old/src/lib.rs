use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
pub struct A {
    #[serde(with = "codec")]
    at: Option<u8>,
}

mod codec {
    pub fn serialize<T: std::fmt::Debug, S: serde::Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        let text = format!("{:?}", value);
        serializer.serialize_bytes(text.as_bytes())
    }
    pub fn deserialize<'de, T: std::str::FromStr, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let text = super::bytes(deserializer)?;
        match text.parse() {
            Ok(value) => Ok(value),
            Err(_) => Err(serde::de::Error::custom("no")),
        }
    }
}

#[api(POST "/a", since = "1.0", request = A, responses(200 = A))]
pub async fn a() {}
