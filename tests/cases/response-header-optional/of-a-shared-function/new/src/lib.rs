use axum::{http::StatusCode, response::{IntoResponse, Response}};
use versioning_macros::api;

fn failed() -> Response {
    if store::quiet() {
        return (StatusCode::BAD_GATEWAY, "failed").into_response();
    }
    (StatusCode::BAD_GATEWAY, [("x-error", "1")], "failed").into_response()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> impl IntoResponse {
    match store::a() {
        Some(text) => String::from(text).into_response(),
        None => failed(),
    }
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/b")]
pub async fn b() -> impl IntoResponse {
    match store::b() {
        Some(text) => String::from(text).into_response(),
        None => failed(),
    }
}
