use axum::{Json, http::StatusCode};
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Result<Json<u64>, (StatusCode, &'static str)> {
    let found = store::find().await.map_err(|_| (StatusCode::NOT_FOUND, "no such thing"))?;
    Ok(Json(found))
}
