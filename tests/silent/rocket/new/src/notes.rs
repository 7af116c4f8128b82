use rocket::serde::json::Json as Body;
use rocket::{get, post};

/// A note.
#[derive(Clone, serde::Serialize)]
pub struct Entry {
    text: String,
    id: u32,
}

#[derive(serde::Deserialize)]
pub struct Draft {
    #[serde(default)]
    pinned: bool,
    text: String,
}

#[post("/notes", data = "<draft>")]
pub fn create(draft: Body<Draft>) -> Body<Entry> {
    let _ = draft;
    unimplemented!()
}

#[get("/notes?<limit>&<q>")]
pub fn search(limit: Option<u8>, q: String) -> Body<Vec<Entry>> {
    let _ = (q, limit);
    Body(Vec::new())
}

#[get("/notes/<note>")]
pub fn find(note: u32) -> Option<Body<Entry>> {
    (note > 0).then(|| unimplemented!())
}
