use actix_web_validator::Query;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, validator::Validate)]
pub struct T {
    #[validate(range(max = 50))]
    a: u32,
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x(_: Query<T>) {}
