// A method that HTTP does not have.
use versioning_macros::api;

#[api(GTE "/users", since = "1.0.0")]
pub async fn misspelt() {}

#[api(get "/users", since = "1.0.0")]
pub async fn lower_case() {}

fn main() {
    let _ = (misspelt(), lower_case());
}
