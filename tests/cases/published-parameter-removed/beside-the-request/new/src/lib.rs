use axum::http::request::Parts;
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/search", responses((status = 200, body = String)))]
pub async fn search(request: Parts) -> String {
    String::new()
}
