// Paths that no router can serve.
use versioning_macros::api;

#[api(GET "users", since = "1.0.0")]
pub async fn no_slash() {}

#[api(GET "/users/{id", since = "1.0.0")]
pub async fn open_brace() {}

#[api(GET "/users/{}", since = "1.0.0")]
pub async fn no_name() {}

#[api(GET "/users?page={page}", since = "1.0.0")]
pub async fn query() {}

#[api(GET "/users/{id}/posts/{id}", since = "1.0.0")]
pub async fn twice() {}

#[api(GET "https://example.org/users", since = "1.0.0")]
pub async fn url() {}

#[api(GET, since = "1.0.0")]
pub async fn none() {}

#[api("/users", since = "1.0.0")]
pub async fn no_method() {}

fn main() {
    let _ = (no_slash(), open_brace(), no_name(), query(), twice(), url(), none(), no_method());
}
