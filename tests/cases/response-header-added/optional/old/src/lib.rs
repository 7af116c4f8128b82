use axum::Json;
use axum_extra::TypedHeader;
use axum_extra::headers::CacheControl;
use versioning_macros::api;

#[api(GET "/x", since = "1.0")]
pub async fn x() -> Json<u32> {
    Json(1)
}
