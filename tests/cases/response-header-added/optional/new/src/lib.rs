use axum::Json;
use axum_extra::TypedHeader;
use axum_extra::headers::CacheControl;
use versioning_macros::api;

#[api(GET "/x", since = "1.0")]
pub async fn x() -> (Option<TypedHeader<CacheControl>>, Json<u32>) {
    (None, Json(1))
}
