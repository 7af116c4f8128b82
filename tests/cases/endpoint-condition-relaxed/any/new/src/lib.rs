use versioning_macros::api;

#[cfg(any(feature = "f", feature = "g"))]
#[api(GET "/x", since = "1.0")]
pub async fn x() {}
