use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct Alert {
    token: String,
    kind: String,
}

#[api(POST "/alerts", since = "1.0")]
pub async fn alerts(body: Bytes) -> StatusCode {
    let all = serde_json::from_slice::<Vec<Alert>>(&body);
    StatusCode::OK
}

fn kind(headers: &HeaderMap) -> bool {
    headers.contains_key("x-b")
}

#[api(GET "/kind", since = "1.0")]
pub async fn by_header(headers: HeaderMap) -> StatusCode {
    let found = kind(&headers);
    StatusCode::OK
}

#[api(GET "/same", since = "1.0")]
pub async fn untouched(headers: HeaderMap) -> StatusCode {
    tracing::debug!("two");
    let found = headers.contains_key("x-a");
    StatusCode::OK
}
