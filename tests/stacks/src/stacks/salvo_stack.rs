use salvo::oapi::extract::{JsonBody, PathParam};
use salvo::oapi::{endpoint, ToSchema};
use salvo::prelude::{handler, Json, OpenApi, Router, Writer};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// A user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct User {
    /// Known to everybody.
    pub id: u64,
    /// Came later.
    #[api(since = "1.3", deprecated(since = "1.4"))]
    pub mail: Option<String>,
}

/// Finds a user.
#[api(GET "/users/{id}", since = "1.0", deprecated(since = "1.4"))]
#[endpoint(operation_id = "above")]
pub async fn above(id: PathParam<u64>) -> Json<User> {
    Json(User { id: id.into_inner(), mail: None })
}

/// Adds a user.
#[endpoint(operation_id = "below")]
#[api(POST "/users", since = "1.0", deprecated(since = "1.4"))]
pub async fn below(user: JsonBody<User>) -> Json<User> {
    Json(user.into_inner())
}

/// Without a document.
#[handler]
#[api(since = "1.0", deprecated(since = "1.4"))]
pub fn ping() -> &'static str {
    "pong"
}

/// The routes.
pub fn router() -> Router {
    Router::new()
        .push(Router::with_path("users").post(below).push(Router::with_path("{id}").get(above)))
        .push(Router::with_path("ping").get(ping))
}

/// The document.
pub fn document() -> OpenApi {
    OpenApi::new("users", "1.0").merge_router(&router())
}
