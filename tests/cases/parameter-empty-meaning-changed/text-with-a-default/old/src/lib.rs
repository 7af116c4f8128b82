use axum_extra::extract::Query;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Q {
    a: Option<String>,
}

#[api(GET "/q", since = "1.0")]
pub async fn q(query: Query<Q>) {}
