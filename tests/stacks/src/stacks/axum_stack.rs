use axum::extract::{Path, Query};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// A user.
#[api(since = "1.0")]
#[derive(Debug, Deserialize, Serialize)]
pub struct User {
    /// Known to everybody.
    pub id: u64,
    /// Came later.
    #[serde(default)]
    #[api(since = "1.3", deprecated(since = "1.4"))]
    pub mail: Option<String>,
}

/// What to list.
#[derive(Debug, Deserialize)]
#[api(since = "1.0")]
pub struct Filter {
    /// Where to begin.
    #[api(since = "1.1")]
    pub after: Option<u64>,
}

/// Finds a user.
#[api(GET "/users/{id}", since = "1.0", deprecated(since = "1.4", replaced_by = "GET /v2/users/{id}"))]
#[axum::debug_handler]
pub async fn above(Path(id): Path<u64>) -> Json<User> {
    Json(User { id, mail: None })
}

/// Adds a user.
#[axum::debug_handler]
#[api(POST "/users", since = "1.0", deprecated(since = "1.4"), request = User, responses(200 = User))]
pub async fn below(Json(user): Json<User>) -> Json<User> {
    Json(user)
}

/// Lists users.
#[api(since = "next", deprecated)]
pub async fn without_route(Query(filter): Query<Filter>) -> Json<Vec<u64>> {
    Json(filter.after.into_iter().collect())
}

/// The routes.
pub fn router() -> Router {
    Router::new().route("/users/{id}", get(above)).route("/users", post(below).get(without_route))
}
