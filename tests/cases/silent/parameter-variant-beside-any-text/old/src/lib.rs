use axum::extract::Query;
use versioning_macros::api;

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Password,
    #[serde(untagged)]
    Custom(String),
}

#[derive(serde::Deserialize)]
pub struct Search {
    kind: Kind,
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(search: Query<Search>) {}
