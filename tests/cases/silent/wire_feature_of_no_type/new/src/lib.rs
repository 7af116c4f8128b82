use axum::Json;
use versioning_macros::api;

#[api(GET "/count", since = "1.0.0")]
pub async fn count() -> Json<u64> {
    Json(0)
}
