use axum::response::{IntoResponse, Response};
use serde_json::json;
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, description = "ok")))]
pub async fn a() -> Response {
    axum::Json(json!({ "x": true })).into_response()
}
