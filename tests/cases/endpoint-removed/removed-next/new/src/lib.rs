use versioning_macros::api;

#[api(GET "/x", since = "1.0", removed = "next")]
pub async fn x() {}
