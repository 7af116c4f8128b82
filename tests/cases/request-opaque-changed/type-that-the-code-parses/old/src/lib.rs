use axum::Json;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::str::FromStr;
use versioning_macros::api;

pub struct Order(Value);

struct Level;

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "high" { Ok(Self) } else { Err(text.to_owned()) }
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = Value::deserialize(deserializer)?;
        data["level"].as_str().unwrap_or("high").parse::<Level>().map_err(de::Error::custom)?;
        Ok(Order(data))
    }
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(order): Json<Order>) {}
