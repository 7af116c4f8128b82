use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub enum T {
    A,
    #[serde(other)]
    Other,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
