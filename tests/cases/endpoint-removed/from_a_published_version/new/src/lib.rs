use dropshot::{HttpError, HttpResponseOk, RequestContext, endpoint};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub struct Rack {
    id: u32,
    name: String,
}

#[endpoint { method = GET, path = "/rack", operation_id = "rack", versions = "2.0.0".. }]
async fn rack(_rqctx: RequestContext<()>) -> Result<HttpResponseOk<Rack>, HttpError> {
    todo!()
}

#[endpoint { method = GET, path = "/sled", operation_id = "sled", versions = "1.0.0".. }]
async fn sled(_rqctx: RequestContext<()>) -> Result<HttpResponseOk<Rack>, HttpError> {
    todo!()
}
