use axum::Json;
use serde::de::{self, Deserialize, Deserializer, Error};
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Line {
    pub name: String,
    pub count: u32,
}

#[derive(Deserialize)]
pub struct Order {
    #[serde(deserialize_with = "few")]
    pub lines: Vec<Line>,
}

fn few<'de, D: Deserializer<'de>, T: de::DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let lines = Vec::<_>::deserialize(deserializer)?;
    if lines.len() > 9 { Err(D::Error::custom("too many")) } else { Ok(lines) }
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(order): Json<Order>) {}
