use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi, OpenApiService};
use versioning_macros::api;

/// A user.
#[api(since = "1.0", deprecated(since = "1.4"))]
#[derive(Debug, Object)]
pub struct User {
    /// Known to everybody.
    pub id: u64,
    /// Came later.
    #[api(since = "1.3", deprecated(since = "1.4"))]
    #[oai(rename = "e-mail")]
    pub mail: Option<String>,
    /// Its state.
    pub state: State,
}

/// A state.
#[derive(Debug, Enum)]
#[api(since = "1.0")]
pub enum State {
    /// New.
    New,
    /// Came later.
    #[api(since = "1.3")]
    Done,
}

/// The answers.
#[derive(ApiResponse)]
#[api(since = "1.0")]
pub enum Found {
    /// Here it is.
    #[oai(status = 200)]
    #[api(since = "1.0")]
    Yes(Json<User>),
    /// Nobody.
    #[api(since = "1.1")]
    #[oai(status = 404)]
    No,
}

/// All endpoints.
#[derive(Debug)]
pub struct Api;

#[api(section = "users")]
#[OpenApi(prefix_path = "/v1")]
#[api(section = "people")]
impl Api {
    /// Finds a user.
    #[api(since = "1.0", deprecated(since = "1.4"))]
    #[oai(path = "/users/:id", method = "get")]
    pub async fn above(&self, id: Path<u64>) -> Found {
        if id.0 == 0 {
            return Found::No;
        }
        Found::Yes(Json(User { id: id.0, mail: None, state: State::New }))
    }

    /// Adds a user.
    #[oai(path = "/users", method = "post")]
    #[api(since = "1.0", deprecated(since = "1.4"))]
    async fn below(&self, user: Json<User>, after: Query<Option<u64>>) -> Json<User> {
        let _ = after.0;
        user
    }
}

/// The service.
pub fn service() -> OpenApiService<Api, ()> {
    OpenApiService::new(Api, "users", "1.0")
}
