use axum::Json;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::collections::BTreeMap;
use versioning_macros::api;

pub struct Login(BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for Login {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = BTreeMap::<String, Value>::deserialize(deserializer)?;
        data["type"].as_str().ok_or_else(|| de::Error::missing_field("type"))?;
        Ok(Login(data))
    }
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(login): Json<Login>) {}
