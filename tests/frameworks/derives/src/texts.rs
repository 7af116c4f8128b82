//! Enums whose text decides the JSON: strum through `into` and `try_from`, a derive by itself.

use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString};

#[derive(Clone, Copy, Deserialize, Display, EnumString, Serialize)]
#[serde(into = "String", try_from = "String")]
#[strum(serialize_all = "kebab-case")]
pub enum Colour {
    DeepBlue,
    #[strum(to_string = "red")]
    Red,
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl TryFrom<String> for Colour {
    type Error = strum::ParseError;

    fn try_from(text: String) -> Result<Self, strum::ParseError> {
        text.parse()
    }
}

/// strum's names do not reach the JSON.
#[derive(Deserialize, Display, EnumString, Serialize)]
#[strum(serialize_all = "kebab-case")]
pub enum Plain {
    DeepBlue,
}

#[derive(Deserialize, Serialize)]
pub struct Paint {
    pub colour: Colour,
    pub plain: Plain,
    #[serde(with = "text")]
    pub by_module: u8,
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

async fn paint(Json(body): Json<Paint>) -> Json<Paint> {
    Json(body)
}

pub fn router() -> Router {
    Router::new().route("/texts/paint", post(paint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written() {
        let paint = Paint { colour: Colour::DeepBlue, plain: Plain::DeepBlue, by_module: 1 };
        let text = serde_json::to_string(&paint).unwrap_or_default();
        assert_eq!(text, r#"{"colour":"deep-blue","plain":"DeepBlue","by_module":"1"}"#);
    }
}
