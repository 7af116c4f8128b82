//! aide: `api_route`, documented answers, extractors of the project's own.

use aide::axum::routing::{get_with, post_with, put};
use aide::axum::ApiRouter;
use aide::transform::TransformOperation;
use aide::OperationIo;
use axum::extract::{FromRequestParts, Path};
use axum::http::{request, StatusCode};
use axum::Json;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod find {
    pub(super) use super::{find as handler, find_docs as docs};
}

#[derive(Deserialize, JsonSchema, Serialize)]
pub struct Note {
    pub id: u64,
    #[schemars(length(max = 80))]
    pub text: String,
}

#[derive(Deserialize, JsonSchema)]
pub struct ById {
    pub id: u64,
}

#[derive(OperationIo)]
#[aide(input)]
pub struct Caller;

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, StatusCode> {
        parts.headers.get("x-caller").map(|_| Self).ok_or(StatusCode::UNAUTHORIZED)
    }
}

async fn find(Path(by): Path<ById>) -> Json<Note> {
    Json(Note { id: by.id, text: String::new() })
}

fn find_docs(op: TransformOperation) -> TransformOperation {
    op.id("find").response::<200, Json<Note>>().response::<404, Json<String>>()
}

async fn add(_: Caller, Json(note): Json<Note>) -> Json<Note> {
    Json(note)
}

async fn plain() {}

/// Everything.
pub fn app() -> ApiRouter {
    let notes = ApiRouter::new()
        .api_route("/", post_with(add, |op| op.summary("adds")).put(add))
        .api_route_with("/{id}", get_with(find::handler, find::docs), |path| path.tag("notes"))
        .route("/plain", axum::routing::get(plain));
    ApiRouter::new().nest("/notes", notes).nest_api_service("/service", ApiRouter::new().api_route("/x", put(plain)))
}
