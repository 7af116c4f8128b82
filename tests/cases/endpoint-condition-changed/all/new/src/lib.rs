use versioning_macros::api;

#[cfg(all(feature = "f", feature = "g"))]
#[api(GET "/x", since = "1.0")]
pub async fn x() {}
