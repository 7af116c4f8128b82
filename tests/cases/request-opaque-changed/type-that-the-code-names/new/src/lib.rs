use axum::Json;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use versioning_macros::api;

pub struct Login(Value);

#[derive(Deserialize)]
struct Parts {
    #[serde(rename = "user")]
    name: String,
}

fn check(data: &Value) -> Result<(), String> {
    let parts: Parts = serde_json::from_value(data.clone()).map_err(|error| error.to_string())?;
    if parts.name.is_empty() { Err("empty".to_owned()) } else { Ok(()) }
}

impl<'de> Deserialize<'de> for Login {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = Value::deserialize(deserializer)?;
        check(&data).map_err(de::Error::custom)?;
        Ok(Login(data))
    }
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(login): Json<Login>) {}
