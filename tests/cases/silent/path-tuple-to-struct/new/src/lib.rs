use axum::extract::Path;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct P {
    n: u8,
    id: u64,
}

#[api(GET "/f/{id}/{n}", since = "1.0", responses(204))]
pub async fn x(_: Path<P>) {}
