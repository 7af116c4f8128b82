//! warp: filters as far as their paths are literal.

pub mod reads;

use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use warp::filters::BoxedFilter;
use warp::{Filter, Rejection, Reply};

#[derive(Deserialize, Serialize)]
pub struct Note {
    pub id: u64,
}

async fn list() -> Result<impl Reply, Infallible> {
    Ok(warp::reply::json(&vec![Note { id: 1 }]))
}

async fn add(note: Note) -> Result<impl Reply, Rejection> {
    Ok(warp::reply::json(&note))
}

fn notes() -> impl Filter<Extract = (impl Reply,), Error = Rejection> + Clone {
    let base = warp::path!("api" / "notes");
    let all = base.and(warp::get()).and_then(list);
    let one = warp::path!("api" / "notes" / u64).and(warp::get()).map(|id: u64| id.to_string());
    let new = base.and(warp::post()).and(warp::body::json()).and_then(add);
    all.or(one).or(new)
}

fn words(base: &'static str) -> impl Filter<Extract = (impl Reply,), Error = Rejection> + Clone {
    warp::path(base).and(warp::path::end()).map(|| "word")
}

/// A method of our own on every filter.
trait Beside: Filter<Extract = (Box<dyn Reply>,), Error = Rejection> + Clone + Send + Sync + Sized + 'static {
    fn beside<F>(self, other: F) -> BoxedFilter<(Box<dyn Reply>,)>
    where
        F: Filter<Extract = (Box<dyn Reply>,), Error = Rejection> + Clone + Send + Sync + 'static,
    {
        self.or(other).unify().boxed()
    }
}

impl<F> Beside for F where
    F: Filter<Extract = (Box<dyn Reply>,), Error = Rejection> + Clone + Send + Sync + Sized + 'static
{
}

fn boxed(text: &'static str) -> Box<dyn Reply> {
    Box::new(text)
}

fn states() -> BoxedFilter<(Box<dyn Reply>,)> {
    let base = warp::path("states");
    let all = base.and(warp::path::end()).map(|| boxed("all"));
    let one = base.and(warp::path("one")).and(warp::path::end()).map(|| boxed("one"));
    let two = base.and(warp::path("two")).and(warp::path::end()).map(|| boxed("two"));
    warp::get().and(all.beside(one).beside(two)).boxed()
}

/// Serves it.
pub async fn run(base: &'static str) {
    let health = warp::path("health").and(warp::path::end()).map(|| "well");
    warp::serve(notes().or(health).or(words(base)).or(states()).or(reads::all(reads::Store)))
        .run(([127, 0, 0, 1], 0))
        .await;
}
