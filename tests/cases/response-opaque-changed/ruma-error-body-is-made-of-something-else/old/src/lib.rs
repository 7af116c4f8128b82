use ruma_common::{api::{OutgoingResponse, auth_scheme::NoAccessToken, request, response}, metadata};

metadata! {
    method: GET,
    rate_limited: false,
    authentication: NoAccessToken,
    history: { 1.0 => "/keys" }
}

#[request(error = crate::Failure)]
pub struct Request {}

#[response(error = crate::Failure)]
pub struct Response {}

pub struct Failure {
    pub code: u32,
}

impl OutgoingResponse for Failure {
    fn try_into_http_response<T: Default>(self) -> Result<http::Response<T>, Error> {
        let body = serde_json::json!({ "errcode": self.code });
        Ok(http::Response::builder().status(400).body(body.into())?)
    }
}
