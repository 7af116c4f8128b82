use versioning_macros::api;

#[api(GET "/z", since = "1.0")]
pub async fn x() {}
