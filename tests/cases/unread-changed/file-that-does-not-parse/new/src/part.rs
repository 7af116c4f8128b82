use versioning_macros::api;

#[api(GET "/q", since = "1.0", responses(204))]
pub async fn p( {}
