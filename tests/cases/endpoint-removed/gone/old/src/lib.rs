use versioning_macros::api;

#[api(GET "/x", since = "1.0")]
pub async fn x() {}

#[api(GET "/y", since = "1.0")]
pub async fn y() {}
