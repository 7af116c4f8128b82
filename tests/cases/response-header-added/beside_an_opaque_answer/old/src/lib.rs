use axum::Json;
use axum_extra::TypedHeader;
use headers::CacheControl;
use serde::Serialize;
use versioning_macros::api;

pub struct Erased;

#[derive(Serialize, utoipa::ToSchema)]
pub struct Tokens {
    names: Vec<String>,
}

#[api(since = "1.0.0")]
#[utoipa::path(get, path = "/tokens", responses((status = 200, body = Tokens)))]
pub async fn tokens() -> Erased {
    todo!()
}
