use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
pub struct A {
    #[serde(with = "day")]
    at: chrono::NaiveDate,
}

mod day {
    const FORMAT: &str = "%Y-%m-%d";

    pub fn serialize<S: serde::Serializer>(day: &chrono::NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&day.format(FORMAT).to_string())
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<chrono::NaiveDate, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        chrono::NaiveDate::parse_from_str(&text, FORMAT).map_err(serde::de::Error::custom)
    }
}

#[api(POST "/a", since = "1.0", request = A, responses(200 = A))]
pub async fn a() {}
