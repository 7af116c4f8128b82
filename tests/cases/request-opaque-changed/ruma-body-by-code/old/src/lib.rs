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
    pub body: Raw<u32>,
}


#[response]
pub struct Response {}
