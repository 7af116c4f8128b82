use versioning_macros::api;

#[cfg(feature = "net")]
#[api(GET "/x", since = "1.0")]
pub async fn x() {}
