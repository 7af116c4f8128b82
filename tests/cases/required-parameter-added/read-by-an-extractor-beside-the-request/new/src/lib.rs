use axum::{extract::Query, http::request::Parts};
use versioning_macros::api;

#[derive(serde::Deserialize, utoipa::IntoParams)]
pub struct Search {
    q: String,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/search", params(Search), responses((status = 200, body = String)))]
pub async fn search(search: Query<Search>, request: Parts) -> String {
    String::new()
}
