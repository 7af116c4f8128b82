use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
#[serde(untagged)]
pub enum Found {
    Id(u32),
    Nothing,
    
}

#[api(GET "/a", since = "1.0")]
pub async fn a() -> Json<Found> {
    Json(Found::Id(1))
}
