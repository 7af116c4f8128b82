//! `serde_with`, `serde_repr`.

use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_repr::{Deserialize_repr, Serialize_repr};
use serde_with::{
    apply, rust::double_option, serde_as, skip_serializing_none, DeserializeFromStr, DisplayFromStr, DurationSeconds,
    NoneAsEmptyString, OneOrMany, SerializeDisplay, TimestampSeconds,
};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

#[serde_as]
#[skip_serializing_none]
#[derive(Deserialize, Serialize)]
pub struct As {
    #[serde_as(as = "DisplayFromStr")]
    pub number_as_text: u64,
    #[serde_as(as = "Option<DisplayFromStr>")]
    pub maybe_text: Option<u64>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    pub texts: Vec<u64>,
    #[serde_as(as = "BTreeMap<DisplayFromStr, _>")]
    pub map: BTreeMap<u64, bool>,
    #[serde_as(as = "DurationSeconds<u64>")]
    pub seconds: Duration,
    #[serde_as(as = "TimestampSeconds<i64>")]
    pub at: chrono::DateTime<chrono::Utc>,
    #[serde_as(as = "NoneAsEmptyString")]
    pub empty: Option<String>,
    #[serde_as(as = "OneOrMany<_>")]
    pub many: Vec<u8>,
    #[serde_as(as = "serde_with::hex::Hex")]
    pub hex: Vec<u8>,
    #[serde_as(as = "serde_with::json::JsonString")]
    pub inside: BTreeMap<String, u8>,
    #[serde(default, with = "double_option", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Option<u8>>,
    pub plain: Option<String>,
}

#[skip_serializing_none]
#[derive(Deserialize, Serialize)]
pub struct Sparse {
    pub kept: u8,
    pub dropped: Option<u8>,
    #[serialize_always]
    pub always: Option<u8>,
}

#[apply(Option => #[serde(default, skip_serializing_if = "Option::is_none")])]
#[derive(Deserialize, Serialize)]
pub struct Applied {
    pub kept: u8,
    pub dropped: Option<u8>,
}

#[derive(DeserializeFromStr, SerializeDisplay)]
pub struct Tag(String);

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Tag {
    type Err = fmt::Error;

    fn from_str(text: &str) -> Result<Self, fmt::Error> {
        Ok(Self(text.to_owned()))
    }
}

#[derive(Deserialize_repr, Serialize_repr)]
#[repr(u8)]
pub enum Level {
    Low = 1,
    High = 5,
}

#[derive(Deserialize, Serialize)]
pub struct Small {
    pub tag: Tag,
    pub level: Level,
}

async fn as_(Json(body): Json<As>) -> Json<As> {
    Json(body)
}

async fn sparse(Json(body): Json<Sparse>) -> Json<Sparse> {
    Json(body)
}

async fn applied(Json(body): Json<Applied>) -> Json<Applied> {
    Json(body)
}

async fn small(Json(body): Json<Small>) -> Json<Small> {
    Json(body)
}

pub fn router() -> Router {
    Router::new()
        .route("/with/as", post(as_))
        .route("/with/sparse", post(sparse))
        .route("/with/applied", post(applied))
        .route("/with/small", post(small))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap_or_default()
    }

    #[test]
    fn what_is_written() {
        assert_eq!(written(&Sparse { kept: 1, dropped: None, always: None }), r#"{"kept":1,"always":null}"#);
        assert_eq!(written(&Applied { kept: 1, dropped: None }), r#"{"kept":1}"#);
        assert_eq!(written(&Small { tag: Tag("x".into()), level: Level::High }), r#"{"tag":"x","level":5}"#);
        let text = r#"{"number_as_text":"1","texts":["2"],"map":{"3":true},"seconds":4,"at":5,"empty":"","many":6,
            "hex":"07","inside":"{\"a\":8}","plain":null}"#;
        let read: As = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        let again = r#"{"number_as_text":"1","texts":["2"],"map":{"3":true},"seconds":4,"at":5,"many":6,"hex":"07","inside":"{\"a\":8}"}"#;
        assert_eq!(written(&read), again);
    }
}
