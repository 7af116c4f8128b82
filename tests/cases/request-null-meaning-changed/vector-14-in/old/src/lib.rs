use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    #[serde(default, with = "serde_with::rust::double_option")]
    due: Option<Option<u8>>,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
