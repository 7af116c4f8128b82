pub mod types;

use dropshot as ds;
use ds::RequestContext;
use types::{disk::*, SECOND};

type Answer<T> = Result<T, ds::HttpError>;

#[ds::api_description]
pub trait Disks {
    type Context;

    #[ds::endpoint { path = "/disks/{id}", method = PUT }]
    async fn disk_resize(
        rqctx: RequestContext<Self::Context>,
        path: ds::Path<Which>,
        body: ds::TypedBody<NewSize>,
    ) -> Answer<ds::HttpResponseUpdatedNoContent>;

    /// All of them.
    #[ds::endpoint { method = GET, path = "/disks", tags = ["disks"] }]
    async fn disk_list(
        _: RequestContext<Self::Context>,
        query: ds::Query<Window>,
    ) -> Answer<ds::HttpResponseOk<Vec<Volume>>>;

    #[ds::endpoint { versions = SECOND.., method = GET, path = "/disks/{id}" }]
    async fn disk_view(
        context: RequestContext<Self::Context>,
        which: ds::Path<Which>,
    ) -> Answer<ds::HttpResponseOk<Volume>>;
}
