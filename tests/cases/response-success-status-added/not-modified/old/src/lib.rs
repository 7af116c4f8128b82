use axum::response::IntoResponse;
use versioning_macros::api;

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct T {
    a: u32,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/x", responses((status = 200, body = T)))]
pub async fn x() -> impl IntoResponse {
    todo!()
}
