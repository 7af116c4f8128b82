use serde::{Deserialize, Serialize};
use versioning_macros::api;
use warp::http::StatusCode;
use warp::{Filter, Rejection, Reply};

#[derive(Deserialize, Serialize)]
pub struct Note {
    text: String,
}

#[api(since = "1.0")]
pub async fn add(id: u32, token: String, note: Note) -> Result<impl Reply, Rejection> {
    if token.is_empty() {
        return Err(warp::reject::not_found());
    }
    let note = Note { text: format!("{id}{}", note.text) };
    Ok(warp::reply::with_status(warp::reply::json(&note), StatusCode::CREATED))
}

pub async fn run() {
    let add = warp::post()
        .and(warp::path("notes"))
        .and(warp::path::param::<u32>())
        .and(warp::path::end())
        .and(warp::header::<String>("x-token"))
        .and(warp::body::json::<Note>())
        .and_then(add);
    warp::serve(add).run(([127, 0, 0, 1], 0)).await;
}
