//! Every shape of a dropshot server: functions that are registered, here and in other modules, and API traits.

use dropshot::{endpoint, ApiDescription, ApiDescriptionRegisterError, HttpError, HttpResponseOk};
use dropshot::{Path, Query, RequestContext, TypedBody};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema, Serialize)]
pub struct Note {
    pub id: u64,
    pub text: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
pub struct ById {
    pub id: u64,
}

/// What the server holds.
pub struct Context;

type Request = RequestContext<Context>;

#[endpoint { method = GET, path = "/notes/{id}" }]
async fn find(_request: Request, path: Path<ById>) -> Result<HttpResponseOk<Note>, HttpError> {
    Ok(HttpResponseOk(Note { id: path.into_inner().id, text: None }))
}

#[endpoint { method = GET, path = "/debug" }]
pub async fn never(_request: RequestContext<Context>) -> Result<HttpResponseOk<u8>, HttpError> {
    Ok(HttpResponseOk(0))
}

mod more {
    use super::{HttpError, HttpResponseOk, Note, Query, Request, TypedBody};
    use dropshot::endpoint;

    #[endpoint { method = PUT, path = "/notes" }]
    pub async fn add(_request: Request, note: TypedBody<Note>) -> Result<HttpResponseOk<Note>, HttpError> {
        Ok(HttpResponseOk(note.into_inner()))
    }

    #[endpoint { method = GET, path = "/search" }]
    pub async fn search(_request: Request, wanted: Query<super::ById>) -> Result<HttpResponseOk<u64>, HttpError> {
        Ok(HttpResponseOk(wanted.into_inner().id))
    }
}

/// Another API, whose members are served together.
#[dropshot::api_description]
pub trait Inner {
    type Context;

    #[endpoint { method = POST, path = "/poke" }]
    async fn poke(request: RequestContext<Self::Context>) -> Result<HttpResponseOk<u8>, HttpError>;
}

fn others(api: &mut ApiDescription<Context>) -> Result<(), ApiDescriptionRegisterError> {
    api.register(more::add)?;
    api.register(more::search)?;
    Ok(())
}

/// Everything.
pub fn api() -> Result<ApiDescription<Context>, ApiDescriptionRegisterError> {
    let mut api = ApiDescription::new();
    api.register(find)?;
    others(&mut api)?;
    Ok(api)
}
