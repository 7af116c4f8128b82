use axum::Json;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use versioning_macros::api;

pub struct Auth(Box<RawValue>);

impl<'de> Deserialize<'de> for Auth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        if json.get().contains("m.b") { Ok(Auth(json)) } else { Err(serde::de::Error::custom("no")) }
    }
}

#[derive(Deserialize)]
pub struct First {
    auth: Option<Auth>,
}

#[derive(Deserialize)]
pub struct Second {
    auth: Option<Auth>,
    y: u8,
}

#[api(POST "/a", since = "1.0")]
pub async fn a(Json(body): Json<First>) -> Json<u8> {
    todo!()
}

#[api(POST "/b", since = "1.0")]
pub async fn b(Json(body): Json<Second>) -> Json<u8> {
    todo!()
}
