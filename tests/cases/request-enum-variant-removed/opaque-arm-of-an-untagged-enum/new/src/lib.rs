use axum::Json;
use serde::{Deserialize, Deserializer};
use versioning_macros::api;

pub struct Id(u64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(elsewhere::Visitor)
    }
}

#[derive(Deserialize)]
pub struct Document {
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Input {
    Dense(Vec<f32>),
    
    Document(Document),
}

#[api(POST "/a", since = "1.0")]
pub async fn a(Json(input): Json<Input>) -> Json<u8> {
    todo!()
}
