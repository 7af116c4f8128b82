use versioning_macros::api;

#[api(GET "/x", unstable(feature = "f"))]
pub async fn x() {}
