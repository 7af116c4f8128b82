use actix_web::{post, web};
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Query { Nearest(Nearest),  Formula(Formula) }

#[derive(Deserialize)]
pub struct Nearest { nearest: u64 }

#[derive(Deserialize)]
pub struct Fused { fused: u64 }

#[derive(Deserialize)]
pub struct Formula { formula: String, #[serde(default)] defaults: Vec<String> }

#[derive(Deserialize, Default)]
pub struct Settings { level: Option<String>,  }

#[derive(Deserialize)]
pub struct Ask { query: Query, #[serde(default)] settings: Settings }

#[api(since = "1.0.0")]
#[post("/query")]
async fn query(query: web::Json<Ask>) -> web::Json<u64> { let _ = query; todo!() }
