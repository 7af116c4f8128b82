use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct Blob { size: u32 }

#[api(POST "/b", since = "1.0", request = Blob, responses(204))]
pub async fn post() {}
#[api(GET "/b/{id}", since = "1.0", responses(200 = Blob))]
pub async fn get() {}
#[api(GET "/b", since = "1.0", responses(200 = Vec<Blob>))]
pub async fn list() {}
