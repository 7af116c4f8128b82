use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    a: u32,
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/x", request_body(content((T = "application/json"), (T = "application/xml"))), responses((status = 204)))]
pub async fn x(_: axum::extract::Request) -> impl axum::response::IntoResponse {
    todo!()
}
