use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
pub struct A {
    #[serde(with = "codec")]
    at: u8,
}

mod codec {
    pub fn serialize<T: std::fmt::Debug, S: serde::Serializer>(it: &T, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = format!("{:?}", it);
        serializer.serialize_bytes(shown.as_bytes())
    }
    pub fn deserialize<'de, T: std::str::FromStr, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let shown = super::bytes(deserializer)?;
        match shown.parse() {
            Ok(it) => Ok(it),
            Err(_) => Err(serde::de::Error::custom("no")),
        }
    }
}

#[api(POST "/a", since = "1.0", request = A, responses(200 = A))]
pub async fn a() {}
