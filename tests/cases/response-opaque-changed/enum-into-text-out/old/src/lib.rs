use serde::Serialize;
use versioning_macros::api;

#[derive(Clone, Serialize)]
#[serde(into = "String")]
pub enum Colour {
    DeepBlue,
    Red,
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        name(&colour)
    }
}

#[derive(Serialize)]
pub struct T {
    colour: Colour,
}

#[api(POST "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
