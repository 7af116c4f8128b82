use versioning_macros::api;

#[api(GET "/x", since = "1.0", removed = "9.0")]
pub async fn x() {}
