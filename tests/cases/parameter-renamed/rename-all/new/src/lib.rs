use axum::extract::Query;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct T {
    per_page: u32,
    first_page: u32,
    q: String,
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(_: Query<T>) {}
