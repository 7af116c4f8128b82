use axum::extract::Query;
use std::collections::HashMap;
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/search", params(("q" = String, Query)), responses((status = 200, body = String)))]
pub async fn search(Query(keys): Query<HashMap<String, String>>) -> String {
    keys.get("q").cloned().unwrap_or_default()
}
