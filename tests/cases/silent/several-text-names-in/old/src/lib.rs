use serde::Deserialize;
use serde_with::DeserializeFromStr;
use versioning_macros::api;

#[derive(DeserializeFromStr, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Colour {
    DeepBlue,
    #[strum(serialize = "red", serialize = "crimson")]
    Red,
}

#[derive(Deserialize)]
pub struct T {
    colour: Colour,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
