use axum::Json;
use axum::http::StatusCode;
use versioning_macros::api;

#[api(GET "/f", since = "1.0")]
pub async fn f() -> Result<Json<u8>, StatusCode> {
    if false {
        return Err(StatusCode::GONE);
    }
    Ok(Json(1))
}
