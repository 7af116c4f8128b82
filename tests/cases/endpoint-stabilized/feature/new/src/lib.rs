use versioning_macros::api;

#[api(GET "/x", since = "1.1")]
pub async fn x() {}
