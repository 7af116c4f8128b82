use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize)]
pub struct Level(u8);

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        
        let level = u8::deserialize(deserializer)?;
        Ok(Self(level))
    }
}

#[api(PUT "/level", since = "1.0.0")]
pub async fn put(Json(level): Json<Level>) -> Json<Level> {
    Json(level)
}
