use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize, validator::Validate)]
pub struct T {
    #[validate(length(max = 5))]
    a: String,
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
