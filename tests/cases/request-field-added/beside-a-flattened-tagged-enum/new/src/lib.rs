use axum::Json;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct First {
    a: String,
}

#[derive(Serialize, Deserialize)]
pub struct Second {
    b: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Variant {
    One(First),
    Two(Second),
}

#[derive(Serialize, Deserialize)]
pub struct WithSpaces {
    #[serde(flatten)]
    base: Variant,
    #[serde(default)]
    spaces: HashMap<String, Variant>,
}

#[derive(Serialize, Deserialize)]
pub struct Config {
    variant: WithSpaces,
}

#[api(POST "/b", since = "1.0")]
pub async fn b(Json(config): Json<Config>) -> Json<u8> {
    todo!()
}
