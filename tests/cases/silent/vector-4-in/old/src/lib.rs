use serde::{Deserialize, Serialize};
use versioning_macros::api;

mod a {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct User { id: u64, name: Box<str> }
}
pub use a::User as T;

#[api(POST "/x", since = "1.0", request = T, responses(204))]
pub async fn x() {}
