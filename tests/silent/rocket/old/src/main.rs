#[macro_use]
extern crate rocket;

use rocket::serde::json::Json;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Note { id: u32, text: String }

#[derive(Deserialize)]
struct NewNote { text: String, #[serde(default)] pinned: bool }

#[get("/notes/<id>")]
fn find(id: u32) -> Option<Json<Note>> { let _ = id; None }

#[get("/notes?<q>&<limit>")]
fn search(q: String, limit: Option<u8>) -> Json<Vec<Note>> { let _ = (q, limit); Json(vec![]) }

#[post("/notes", data = "<note>")]
fn create(note: Json<NewNote>) -> Json<Note> { let _ = note; todo!() }

#[launch]
fn launch() -> _ { rocket::build().mount("/v1", routes![find, search, create]) }
