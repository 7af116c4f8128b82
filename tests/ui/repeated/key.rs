// Said twice.
use versioning_macros::api;

#[api(since = "1.0.0", since = "2.0.0")]
pub fn since() {}

#[api(GET | HEAD | GET "/users", POST "/users", since = "1.0.0")]
pub async fn routes() {}

#[api(since = "1.0.0", responses(200 = u8, 200 = u16))]
pub async fn responses() {}

fn main() {
    since();
    let _ = (routes(), responses());
}
