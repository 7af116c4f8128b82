use axum::extract::Path;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use versioning_macros::api;

/// A user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct User {
    /// Known to everybody.
    pub id: u64,
    #[api(since = "1.3", deprecated(since = "1.4"))]
    #[schema(max_length = 80)]
    pub mail: Option<String>,
    pub state: State,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[api(since = "1.0", deprecated(since = "1.4"))]
#[serde(rename_all = "lowercase")]
pub enum State {
    New,
    #[api(since = "1.3")]
    Done,
}

/// Finds a user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[utoipa::path(get, path = "/users/{id}", responses((status = 200, body = User)), tag = "users")]
pub async fn above(Path(id): Path<u64>) -> Json<User> {
    Json(User { id, mail: None, state: State::New })
}

#[utoipa::path(post, path = "/users", responses((status = 200, body = User)), tag = "users")]
#[api(since = "1.0", deprecated(since = "1.4"))]
pub async fn below(Json(user): Json<User>) -> Json<User> {
    Json(user)
}

/// The document.
#[derive(OpenApi)]
#[openapi(paths(above, below), components(schemas(User, State)))]
#[api(since = "1.0")]
pub struct Document;

/// The routes with their document.
pub fn router() -> OpenApiRouter {
    OpenApiRouter::with_openapi(Document::openapi()).routes(routes!(above)).routes(routes!(below))
}
