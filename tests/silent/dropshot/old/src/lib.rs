use dropshot::{HttpError, HttpResponseOk, HttpResponseUpdatedNoContent, Path, Query, RequestContext, TypedBody, endpoint};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const V2: semver::Version = semver::Version::new(2, 0, 0);

#[derive(Deserialize, JsonSchema)]
pub struct DiskPath { pub disk: Uuid }

#[derive(Deserialize, JsonSchema)]
pub struct Window { pub limit: Option<u32> }

#[derive(Serialize, JsonSchema)]
pub struct Disk { pub id: Uuid, pub size: u64 }

#[derive(Deserialize, JsonSchema)]
pub struct Resize { pub size: u64 }

#[dropshot::api_description]
pub trait Disks {
    type Context;

    #[endpoint { method = GET, path = "/disks/{disk}", versions = V2.. }]
    async fn disk_view(rqctx: RequestContext<Self::Context>, path: Path<DiskPath>) -> Result<HttpResponseOk<Disk>, HttpError>;

    #[endpoint { method = GET, path = "/disks", tags = ["disks"] }]
    async fn disk_list(rqctx: RequestContext<Self::Context>, query: Query<Window>) -> Result<HttpResponseOk<Vec<Disk>>, HttpError>;

    #[endpoint { method = PUT, path = "/disks/{disk}" }]
    async fn disk_resize(
        rqctx: RequestContext<Self::Context>, path: Path<DiskPath>, body: TypedBody<Resize>,
    ) -> Result<HttpResponseUpdatedNoContent, HttpError>;
}
