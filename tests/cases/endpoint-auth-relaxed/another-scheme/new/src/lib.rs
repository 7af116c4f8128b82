use serde::{Deserialize, Serialize};
use versioning_macros::api;



#[api(since = "1.0")]
#[utoipa::path(get, path = "/x", responses((status = 204)), security(("token" = []), ("key" = [])))]
pub async fn x() -> impl axum::response::IntoResponse {
    todo!()
}
