//! What only the document says, and derives that read by rules of their own: schemars, utoipa, Deserr.

use axum::routing::post;
use axum::{Json, Router};
use deserr::Deserr;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, JsonSchema, Serialize)]
#[schemars(rename_all = "camelCase")]
pub struct ForSchemars {
    #[schemars(length(max = 8), rename = "other")]
    pub long_name: String,
    #[schemars(with = "String")]
    pub number: u8,
    #[schemars(skip)]
    pub hidden: Option<u8>,
    #[schemars(range(min = 1, max = 5))]
    pub few: u8,
}

#[derive(Deserialize, Serialize, ToSchema)]
pub struct ForUtoipa {
    #[schema(max_length = 8, rename = "other")]
    pub long_name: String,
    #[schema(value_type = String)]
    pub number: u8,
    #[schema(ignore)]
    pub hidden: Option<u8>,
    #[schema(minimum = 1, maximum = 5)]
    pub few: u8,
    #[schema(required)]
    pub asked: Option<u8>,
}

#[derive(Deserr)]
#[deserr(rename_all = camelCase, deny_unknown_fields)]
pub struct ForDeserr {
    pub long_name: String,
    #[deserr(default)]
    pub page: u32,
    #[deserr(rename = "q")]
    pub query: Option<String>,
    #[deserr(skip)]
    pub inner: u8,
}

async fn schemars(Json(body): Json<ForSchemars>) -> Json<ForSchemars> {
    Json(body)
}

async fn utoipa(Json(body): Json<ForUtoipa>) -> Json<ForUtoipa> {
    Json(body)
}

/// Reads with Deserr.
pub fn by_deserr(text: &str) -> Option<ForDeserr> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    deserr::deserialize::<ForDeserr, _, deserr::errors::JsonError>(value).ok()
}

pub fn router() -> Router {
    Router::new().route("/published/schemars", post(schemars)).route("/published/utoipa", post(utoipa))
}
