//! Every shape of a Rocket server: mounts, catchers, queries, forms, guards, responders.

pub mod mounts;

use rocket::form::{Form, FromForm};
use rocket::fs::{NamedFile, TempFile};
use rocket::http::{ContentType, CookieJar, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::stream::{Event, EventStream};
use rocket::response::{content, status, Redirect};
use rocket::serde::json::Json;
use rocket::serde::{Deserialize, Serialize};
use rocket::{catch, catchers, delete, get, post, put, route, routes, Build, Responder, Rocket, Route, State};
use std::path::PathBuf;

#[derive(Deserialize, Serialize)]
#[serde(crate = "rocket::serde")]
pub struct Note {
    pub id: u64,
    pub text: Option<String>,
}

#[derive(FromForm)]
pub struct Filter {
    pub text: String,
    #[field(name = "p")]
    pub page: Option<u32>,
}

#[derive(FromForm)]
pub struct Upload<'r> {
    pub name: &'r str,
    pub file: TempFile<'r>,
}

#[derive(Responder)]
pub enum Failure {
    #[response(status = 404)]
    Missing(String),
    #[response(status = 409)]
    Taken(Json<Note>),
}

pub struct Key;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Key {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.headers().get_one("x-key") {
            Some(_) => Outcome::Success(Self),
            None => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

#[get("/notes?<all>&fixed=1&<filter..>")]
fn notes(all: Option<bool>, filter: Filter) -> Json<Vec<Note>> {
    let _ = all;
    Json(vec![Note { id: filter.page.unwrap_or_default().into(), text: Some(filter.text) }])
}

#[get("/notes/<id>", rank = 2)]
fn note(id: u64, _key: Key) -> Result<Json<Note>, Failure> {
    if id == 0 {
        return Err(Failure::Missing(String::new()));
    }
    Ok(Json(Note { id, text: None }))
}

#[post("/notes", format = "json", data = "<note>")]
fn add(note: Json<Note>, _state: &State<u8>) -> status::Created<Json<Note>> {
    status::Created::new("/notes/1").body(note)
}

#[put("/upload", data = "<upload>")]
fn upload(upload: Form<Upload<'_>>) -> content::RawHtml<String> {
    content::RawHtml(upload.name.to_owned())
}

#[delete("/notes/<id>")]
fn remove(id: u64) -> Option<Status> {
    (id > 0).then_some(Status::NoContent)
}

#[route(PATCH, uri = "/patched")]
fn patched(cookies: &CookieJar<'_>) -> Redirect {
    let _ = cookies;
    Redirect::to("/")
}

#[get("/files/<path..>")]
async fn files(path: PathBuf) -> Option<NamedFile> {
    NamedFile::open(path).await.ok()
}

#[get("/octets")]
fn octets() -> (ContentType, Vec<u8>) {
    (ContentType::Binary, Vec::new())
}

#[get("/events")]
fn events() -> EventStream![] {
    EventStream! { yield Event::data("one"); }
}

#[catch(404)]
fn not_found() -> &'static str {
    "nothing"
}

fn admin() -> Vec<Route> {
    let mut all = routes![remove];
    all.append(&mut routes![patched]);
    all
}

const API: &str = "/api";

/// Builds it.
pub fn build(base: &str) -> Rocket<Build> {
    rocket::build()
        .mount(API, routes![notes, note, add])
        .mount([API, "/admin"].concat(), admin())
        .mount("/", routes![files, octets, events])
        .mount(base.to_owned(), routes![upload])
        .register("/", catchers![not_found])
}
