use versioning_macros::api;

#[api(GET "/x", since = "1.0", removed = "10.0")]
pub async fn x() {}
