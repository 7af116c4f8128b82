use poem_openapi::{OpenApi, payload::Json};
use versioning_macros::api;

pub struct Letters;

#[OpenApi]
impl Letters {
    #[api(since = "1.0.0")]
    #[oai(path = "/a", method = "get")]
    async fn a(&self) -> Json<u8> {
        Json(1)
    }
}
