use versioning_macros::api;

#[api(GET "/x", since = "1.0", deprecated(since = "1.4"), removed = "next")]
pub async fn x() {}
