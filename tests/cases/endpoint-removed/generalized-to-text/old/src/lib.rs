use versioning_macros::api;

#[api(GET "/f/raw", since = "1.0", responses(204))]
pub async fn x() {}
