use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub enum T {
    #[serde(rename = "ipv4")]
    IPv4,
    #[serde(rename = "h_t_t_p_only")]
    HTTPOnly,
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
