use axum::Json;
use serde::Deserialize;
use std::collections::HashMap;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Bm25 {
    k: u32,
    
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Options {
    Common(HashMap<String, serde_json::Value>),
    Bm25(Bm25),
}

#[api(POST "/a", since = "1.0")]
pub async fn a(Json(options): Json<Options>) -> Json<u8> {
    todo!()
}
