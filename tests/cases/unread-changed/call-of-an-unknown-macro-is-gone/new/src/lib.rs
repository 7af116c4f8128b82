use versioning_macros::api;

#[api(GET "/a", since = "1.0", responses(204))]
pub async fn a() {}
