use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use versioning_macros::api;

pub enum T {
    Password(Password),
    Other(Value),
}

#[derive(Deserialize)]
pub struct Password {
    user: String,
    device: String,
}

impl<'de> Deserialize<'de> for T {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value["type"].as_str() {
            Some("password") => serde_json::from_value(value).map(Self::Password).map_err(de::Error::custom),
            _ => Ok(Self::Other(value)),
        }
    }
}

#[api(POST "/x", since = "1.0", request = T)]
pub async fn x() {}
