use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer};
use versioning_macros::api;

pub trait Mode {
    fn admits(text: &str) -> bool;
}

pub struct Strict;
pub struct Loose;

impl Mode for Strict {
    fn admits(text: &str) -> bool {
        text.len() > 5
    }
}

impl Mode for Loose {
    fn admits(text: &str) -> bool {
        true
    }
}

fn read<M: Mode>(text: String) -> Result<Code, String> {
    if M::admits(&text) { Ok(Code(text)) } else { Err(text) }
}

pub struct Code(String);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::<Strict>(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[derive(Deserialize)]
pub struct Body {
    code: Code,
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(body): Json<Body>) -> StatusCode {
    StatusCode::OK
}
