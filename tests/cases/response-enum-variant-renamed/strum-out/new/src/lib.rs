use serde::Serialize;
use serde_with::SerializeDisplay;
use versioning_macros::api;

#[derive(SerializeDisplay, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Colour {
    DeepBlue,
    #[strum(to_string = "red")]
    Red,
}

#[derive(Serialize)]
pub struct T {
    colour: Colour,
}

#[api(POST "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
