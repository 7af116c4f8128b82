//! What filters take out of a request, and what the functions behind them answer.

use crate::Note;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use std::convert::Infallible;
use warp::filters::BoxedFilter;
use warp::http::{StatusCode, Uri};
use warp::{Filter, Rejection, Reply};

#[derive(Deserialize)]
pub struct Page {
    pub size: Option<u32>,
    pub after: u64,
}

#[derive(Clone)]
pub struct Store;

pub struct User;

fn with_store(store: Store) -> impl Filter<Extract = (Store,), Error = Infallible> + Clone {
    warp::any().map(move || store.clone())
}

fn json<T: DeserializeOwned + Send>() -> impl Filter<Extract = (T,), Error = Rejection> + Clone {
    warp::body::content_length_limit(16_384).and(warp::body::json())
}

fn user() -> impl Filter<Extract = (User,), Error = Rejection> + Clone {
    warp::header::<String>("authorization").and(warp::cookie::optional("session")).and_then(check)
}

async fn check(_token: String, session: Option<String>) -> Result<User, Rejection> {
    session.map(|_| User).ok_or_else(warp::reject::not_found)
}

async fn replace(id: u32, _user: User, _store: Store, note: Note) -> Result<impl Reply, Rejection> {
    let note = Note { id: note.id + u64::from(id) };
    Ok(warp::reply::with_status(warp::reply::json(&note), StatusCode::CREATED))
}

async fn find(page: Option<Page>) -> Result<impl Reply, Infallible> {
    let found: Vec<Note> = page.map(|page| Note { id: page.after }).into_iter().collect();
    Ok(warp::reply::json(&found))
}

/// Its filters.
pub fn all(store: Store) -> BoxedFilter<(impl Reply,)> {
    let base = warp::path("reads");
    let page = warp::query::<Page>().map(Some).or_else(|_| async { Ok::<_, Rejection>((None,)) });
    let replace = base
        .and(warp::path!("notes" / u32))
        .and(warp::put())
        .and(user())
        .and(with_store(store))
        .and(json())
        .and_then(replace);
    let find = base.and(warp::path("notes")).and(warp::path::end()).and(warp::get()).and(page).and_then(find);
    let login = base
        .and(warp::path!("login"))
        .and(warp::post())
        .and(warp::body::form::<Page>())
        .map(|_: Page| StatusCode::NO_CONTENT);
    let raw = base
        .and(warp::path("raw"))
        .and(warp::path::param::<u8>())
        .and(warp::header::exact("x-kind", "raw"))
        .map(|n: u8| warp::reply::with_header(n.to_string(), "x-n", "1"));
    let root = warp::path::end().map(|| warp::redirect::found(Uri::from_static("/reads/notes")));
    replace.or(find).or(login).or(raw).or(root).boxed()
}
