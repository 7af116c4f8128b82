use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct T {
    a: u32,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/x", responses((status = 200, description = "ok", content((T = "application/json"), (T = "application/xml")))))]
pub async fn x() -> impl axum::response::IntoResponse {
    todo!()
}
