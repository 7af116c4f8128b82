use dropshot::{HttpError, HttpResponseUpdatedNoContent, RequestContext, endpoint};
use versioning_macros::api;

#[api(since = "1.0")]
#[endpoint { method = GET, path = "/x", unpublished = true }]
pub async fn x(_: RequestContext<()>) -> Result<HttpResponseUpdatedNoContent, HttpError> {
    Ok(HttpResponseUpdatedNoContent())
}
