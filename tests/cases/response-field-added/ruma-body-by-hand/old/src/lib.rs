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
#[ruma_api(manual_body_serde)]
pub struct Response {
    pub version: String,
}

#[derive(Serialize)]
struct Repr<'a> {
    version: &'a str,
}

impl Serialize for ResponseBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let repr = Repr { version: &self.version };
        repr.serialize(serializer)
    }
}
