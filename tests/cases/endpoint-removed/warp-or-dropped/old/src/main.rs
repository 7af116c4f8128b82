use versioning_macros::api;
use warp::Filter;

#[api(since = "1.0")]
async fn list_pets() -> Result<impl warp::Reply, warp::Rejection> {
    Ok(warp::reply::json(&1))
}

#[api(since = "1.0")]
async fn list_toys() -> Result<impl warp::Reply, warp::Rejection> {
    Ok(warp::reply::json(&1))
}

fn pets() -> impl Filter<Extract = (impl warp::Reply,), Error = warp::Rejection> + Clone {
    warp::path!("pets").and(warp::get()).and_then(list_pets)
}

fn toys() -> impl Filter<Extract = (impl warp::Reply,), Error = warp::Rejection> + Clone {
    warp::path!("toys").and(warp::get()).and_then(list_toys)
}

#[tokio::main]
async fn main() {
    warp::serve(pets().or(toys())).run(([127, 0, 0, 1], 1)).await;
}
