use ruma_common::{api::{request, response, auth_scheme::NoAccessToken}, metadata, serde::Raw};
use serde::{Serialize, Serializer};

metadata! {
    method: POST,
    rate_limited: false,
    authentication: NoAccessToken,
    history: { 1.0 => "/backup" }
}

pub struct Request {
    pub format: Format,
}

#[derive(serde::Deserialize)]
pub enum Format {
    Event,
    Content,
}

impl ruma_common::api::IncomingRequest for Request {
    fn try_from_http_request(request: http::Request<B>) -> Result<Self, Error> {
        let query = request.uri().query().unwrap_or("");
        Ok(Self { format: read(query)? })
    }
}


#[response]
pub struct Response {}
