use dropshot::{
    endpoint, ApiDescription, ApiDescriptionRegisterError, HttpError, HttpResponseOk, HttpResponseUpdatedNoContent,
    Path, RequestContext, TypedBody,
};
use schemars08::JsonSchema;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// A user.
#[api(since = "1.0")]
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[schemars(crate = "schemars08")]
pub struct User {
    /// Known to everybody.
    #[api(since = "1.0")]
    pub id: u64,
    /// Came later.
    #[serde(default)]
    #[api(since = "1.3", deprecated(since = "1.4"))]
    pub mail: Option<String>,
}

/// Where a user is.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "schemars08")]
#[api(since = "1.0", deprecated)]
pub struct UserPath {
    /// The number.
    pub id: u64,
}

/// Finds a user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[endpoint { method = GET, path = "/users/{id}" }]
pub async fn above(_: RequestContext<()>, path: Path<UserPath>) -> Result<HttpResponseOk<User>, HttpError> {
    Ok(HttpResponseOk(User { id: path.into_inner().id, mail: None }))
}

/// Changes a user.
#[endpoint { method = PUT, path = "/users" }]
#[api(since = "1.0", deprecated(since = "1.4"))]
pub async fn below(_: RequestContext<()>, user: TypedBody<User>) -> Result<HttpResponseUpdatedNoContent, HttpError> {
    let _ = user.into_inner();
    Ok(HttpResponseUpdatedNoContent())
}

/// The API as a trait.
#[api(section = "users")]
#[dropshot::api_description]
#[api(section = "people")]
pub trait UserApi {
    /// What all handlers share.
    type Context;

    /// Finds a user.
    #[api(deprecated(since = "1.4"))]
    #[endpoint { method = GET, path = "/users/{id}", versions = "1.0.0".."3.0.0" }]
    async fn find(
        context: RequestContext<Self::Context>,
        path: Path<UserPath>,
    ) -> Result<HttpResponseOk<User>, HttpError>;

    /// Changes a user.
    #[endpoint { method = PUT, path = "/users", versions = "2.0.0".. }]
    #[api(since = "2.0.0", deprecated(since = "2.4"))]
    async fn change(
        context: RequestContext<Self::Context>,
        user: TypedBody<User>,
    ) -> Result<HttpResponseUpdatedNoContent, HttpError>;
}

/// One implementation.
#[derive(Debug)]
pub struct Users;

#[api(section = "users")]
impl UserApi for Users {
    type Context = ();

    #[api(since = "1.0")]
    async fn find(_: RequestContext<()>, path: Path<UserPath>) -> Result<HttpResponseOk<User>, HttpError> {
        Ok(HttpResponseOk(User { id: path.into_inner().id, mail: None }))
    }

    async fn change(_: RequestContext<()>, user: TypedBody<User>) -> Result<HttpResponseUpdatedNoContent, HttpError> {
        let _ = user.into_inner();
        Ok(HttpResponseUpdatedNoContent())
    }
}

/// The functions as a server knows them.
///
/// # Errors
/// Two handlers of one route.
pub fn functions() -> Result<ApiDescription<()>, ApiDescriptionRegisterError> {
    let mut description = ApiDescription::new();
    description.register(above)?;
    description.register(below)?;
    Ok(description)
}
