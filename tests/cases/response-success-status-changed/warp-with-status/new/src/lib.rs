use serde::{Deserialize, Serialize};
use versioning_macros::api;
use warp::http::StatusCode;
use warp::{Filter, Rejection, Reply};

#[derive(Deserialize, Serialize)]
pub struct Note {
    text: String,
}

fn json<T: serde::de::DeserializeOwned + Send>() -> impl Filter<Extract = (T,), Error = Rejection> + Clone {
    warp::body::content_length_limit(1024).and(warp::body::json())
}

#[api(since = "1.0")]
pub async fn add(id: u32, token: String, note: Note) -> Result<impl Reply, Rejection> {
    if token.is_empty() {
        return Err(warp::reject::not_found());
    }
    let note = Note { text: format!("{id}{}", note.text) };
    Ok(warp::reply::with_status(warp::reply::json(&note), StatusCode::OK))
}

pub async fn run() {
    let add = warp::path!("notes" / u32)
        .and(warp::post())
        .and(warp::header::<String>("x-token"))
        .and(json())
        .and_then(add);
    warp::serve(add).run(([127, 0, 0, 1], 0)).await;
}
