use ruma_common::{api::{request, response, auth_scheme::NoAccessToken}, metadata, serde::Raw};
use serde::{Serialize, Serializer};

metadata! {
    method: POST,
    rate_limited: false,
    authentication: NoAccessToken,
    history: { 1.0 => "/backup" }
}

#[request]
pub struct Request {
    #[ruma_api(body)]
    #[serde(deserialize_with = "object")]
    pub body: Raw<u32>,
}


#[response]
pub struct Response {}


fn object<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Raw<u32>, D::Error> {
    todo(deserializer)
}
