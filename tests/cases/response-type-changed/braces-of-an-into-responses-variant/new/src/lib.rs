use serde::Serialize;
use utoipa::IntoResponses;
use versioning_macros::api;

#[derive(IntoResponses)]
pub enum Answer {
    #[response(status = 201)]
    Made { id: String },
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses(Answer))]
pub async fn a() -> axum::response::Response {
    todo!()
}
