use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize, utoipa::ToSchema)]
pub struct T {
    #[schema(max_length = 10)]
    a: String,
}

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
