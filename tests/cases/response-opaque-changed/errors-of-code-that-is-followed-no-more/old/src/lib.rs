use axum::{http::{HeaderMap, StatusCode, header}, response::{IntoResponse, Response}};
use versioning_macros::api;

fn find(name: &str) -> Result<Option<String>, String> {
    elsewhere::find(name)
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, description = "text", content_type = "text/toml"), (status = 404, description = "none")))]
pub async fn a() -> Result<Response, StatusCode> {
    let found = find("a").map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?.ok_or(StatusCode::NOT_FOUND)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, "text/toml".parse().unwrap());
    Ok((headers, found).into_response())
}
