use dropshot::{HttpError, HttpResponseUpdatedNoContent, RequestContext, endpoint};
use versioning_macros::api;

#[api(since = "1.0")]
#[endpoint { method = GET, path = "/x", operation_id = "x" }]
pub async fn y(_: RequestContext<()>) -> Result<HttpResponseUpdatedNoContent, HttpError> {
    Ok(HttpResponseUpdatedNoContent())
}
