//! Parameters of every place, bodies of several content types, multipart, streams and websockets.

use axum::body::{Body, Bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Form, Multipart, Path, Query};
use axum::http::{header, HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, NoContent, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::cookie::CookieJar;
use axum_extra::headers::UserAgent;
use axum_extra::TypedHeader;
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

#[derive(Deserialize)]
pub struct Search {
    pub text: String,
    #[serde(default)]
    pub page: u32,
    pub limit: Option<u8>,
}

#[derive(Deserialize, Serialize)]
pub struct Note {
    pub id: u64,
    pub text: Option<String>,
}

pub enum Failure {
    Missing,
    Refused(String),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Missing => StatusCode::NOT_FOUND.into_response(),
            Self::Refused(why) => (StatusCode::BAD_REQUEST, Json(why)).into_response(),
        }
    }
}

async fn search(Query(search): Query<Search>) -> Json<Vec<Note>> {
    Json(vec![Note { id: search.page.into(), text: Some(search.text) }])
}

async fn pair(Path((group, id)): Path<(String, u64)>) -> Result<Json<Note>, Failure> {
    if group.is_empty() {
        return Err(Failure::Missing);
    }
    Ok(Json(Note { id, text: None }))
}

async fn form(Form(note): Form<Note>) -> (StatusCode, Json<Note>) {
    (StatusCode::CREATED, Json(note))
}

async fn text(body: String) -> Html<String> {
    Html(body)
}

async fn octets(body: Bytes) -> Vec<u8> {
    body.to_vec()
}

async fn download() -> ([(header::HeaderName, &'static str); 1], Body) {
    ([(header::CONTENT_TYPE, "application/zip")], Body::empty())
}

async fn parts(mut parts: Multipart) -> Result<NoContent, StatusCode> {
    while parts.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)?.is_some() {}
    Ok(NoContent)
}

async fn events() -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(stream::empty())
}

async fn socket(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|_| async {})
}

async fn agent(TypedHeader(agent): TypedHeader<UserAgent>) -> String {
    agent.to_string()
}

async fn maybe_agent(agent: Option<TypedHeader<UserAgent>>) -> String {
    agent.map(|agent| agent.to_string()).unwrap_or_default()
}

async fn jar(jar: CookieJar) -> (CookieJar, Redirect) {
    (jar, Redirect::to("/"))
}

async fn raw(headers: HeaderMap) -> StatusCode {
    if headers.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::ACCEPTED
    }
}

async fn maybe(body: Option<Json<Note>>) -> Result<Json<Note>, StatusCode> {
    body.ok_or(StatusCode::NOT_FOUND)
}

async fn hidden() -> impl IntoResponse {
    StatusCode::OK
}

pub fn router() -> Router {
    Router::new()
        .route("/search", get(search))
        .route("/groups/{group}/notes/{id}", get(pair))
        .route("/form", post(form))
        .route("/text", post(text))
        .route("/octets", post(octets))
        .route("/download", get(download))
        .route("/parts", post(parts))
        .route("/events", get(events))
        .route("/socket", get(socket))
        .route("/agent", get(agent).put(maybe_agent))
        .route("/jar", get(jar))
        .route("/raw", get(raw))
        .route("/maybe", post(maybe))
        .route("/hidden", get(hidden))
}
