use dropshot::{HttpError, HttpResponseHeaders, HttpResponseOk, RequestContext, endpoint};
use schemars::JsonSchema;
use serde::Serialize;
use versioning_macros::api;

#[api(since = "1.0")]
#[endpoint { method = GET, path = "/x" }]
async fn h(rqctx: RequestContext<()>) -> Result<HttpResponseHeaders<HttpResponseOk<u8>, H>, HttpError> {
    todo!()
}

#[derive(Serialize, JsonSchema)]
pub struct H {
    etag: String,
}
