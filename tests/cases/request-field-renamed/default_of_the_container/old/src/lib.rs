use axum::Json;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    filter: Filter,
}

#[derive(Deserialize, Default)]
pub struct Filter {
    #[serde(default, rename = "kinds")]
    kinds: Vec<String>,
}

#[api(POST "/search", since = "1.0.0")]
pub async fn search(Json(_search): Json<Search>) {}
