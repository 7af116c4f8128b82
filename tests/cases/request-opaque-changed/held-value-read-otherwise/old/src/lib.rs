use axum::Json;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
pub struct One {
    key: String,
}

#[derive(Deserialize, Serialize)]
pub struct Many {
    keys: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub enum Keys {
    One(One),
    Many(Many),
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value {
            Value::Object(map) if map.contains_key("key") => {
                One::deserialize(Value::Object(map)).map(Keys::One).map_err(serde::de::Error::custom)
            }
            Value::Object(map) => {
                Many::deserialize(Value::Object(map)).map(Self::Many).map_err(serde::de::Error::custom)
            }
            _ => Err(serde::de::Error::custom("no keys")),
        }
    }
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(keys): Json<Keys>) -> String {
    todo!()
}
