use axum::response::IntoResponse;
use versioning_macros::api;

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, body = u8), (status = 410, body = u8, description = "left")))]
pub async fn a() -> impl IntoResponse {
    todo!()
}
