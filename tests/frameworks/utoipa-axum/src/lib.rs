//! utoipa-axum: `routes!`, `OpenApiRouter`, `nest`; what the document says beside what is served.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, IntoResponses, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(Deserialize, Serialize, ToSchema)]
pub struct Note {
    pub id: u64,
    #[schema(max_length = 80)]
    pub text: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    pub text: String,
    pub page: Option<u32>,
}

#[derive(IntoResponses)]
pub enum Failures {
    #[response(status = 404)]
    Missing,
    #[response(status = 409)]
    Taken(#[to_schema] Note),
}

#[utoipa::path(get, path = "/{id}", responses((status = 200, body = Note), Failures))]
async fn find(Path(id): Path<u64>) -> Result<Json<Note>, StatusCode> {
    Ok(Json(Note { id, text: None }))
}

#[utoipa::path(delete, path = "/{id}", params(("id" = u64, Path), ("x-why" = String, Header)), responses((status = 204)))]
async fn remove(Path(id): Path<u64>) -> StatusCode {
    let _ = id;
    StatusCode::NO_CONTENT
}

#[utoipa::path(
    post,
    path = "",
    request_body(content((Note = "application/json"), (String = "text/plain"))),
    responses((status = 201, content((Note = "application/json"), (String = "text/csv"))), (status = "4XX")),
    security(("key" = []))
)]
async fn add(body: String) -> (StatusCode, String) {
    (StatusCode::CREATED, body)
}

#[utoipa::path(get, path = "/search", params(Search), responses((status = 200, body = [Note])))]
async fn search(Query(search): Query<Search>) -> Json<Vec<Note>> {
    Json(vec![Note { id: search.page.unwrap_or_default().into(), text: Some(search.text) }])
}

async fn unlisted() {}

#[derive(OpenApi)]
#[openapi(info(title = "notes"))]
pub struct Document;

/// Everything.
pub fn app() -> axum::Router {
    let notes = OpenApiRouter::new().routes(routes!(find, remove)).routes(routes!(add)).routes(routes!(search));
    let (router, _document) = OpenApiRouter::with_openapi(Document::openapi())
        .nest("/notes", notes)
        .route("/unlisted", axum::routing::get(unlisted))
        .split_for_parts();
    router
}
