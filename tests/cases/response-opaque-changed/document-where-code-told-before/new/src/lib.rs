use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u32,
}

#[derive(Serialize)]
pub struct Problem {
    code: u16,
}

pub fn failed() -> Response {
    crate::missing::failed()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, description = "ok", body = Item), (status = 404, description = "none")))]
pub async fn a(found: Option<axum::extract::Host>) -> Response {
    if found.is_none() {
        return failed();
    }
    Json(Item { id: 1 }).into_response()
}
