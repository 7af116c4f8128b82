use axum::Json;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use versioning_macros::api;

pub struct Key(u64);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let plain = u64::deserialize(deserializer)?;
        Ok(Key(plain))
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[derive(Deserialize, Serialize)]
pub struct Body {
    key: Key,
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(body): Json<Body>) -> Json<Body> {
    Json(body)
}
