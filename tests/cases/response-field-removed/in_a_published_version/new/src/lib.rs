use dropshot::{HttpError, HttpResponseOk, RequestContext, endpoint};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub struct Rack {
    id: u32,
}

#[derive(Serialize, JsonSchema)]
pub struct Rack2 {
    id: u64,
}

#[endpoint { method = GET, path = "/rack", operation_id = "rack", versions = "1.0.0".."2.0.0" }]
async fn rack_1(_rqctx: RequestContext<()>) -> Result<HttpResponseOk<Rack>, HttpError> {
    todo!()
}

#[endpoint { method = GET, path = "/rack", operation_id = "rack", versions = "2.0.0".. }]
async fn rack(_rqctx: RequestContext<()>) -> Result<HttpResponseOk<Rack2>, HttpError> {
    todo!()
}
