use versioning_macros::api;

#[api(GET "/p", since = "1.0", responses(204))]
pub async fn p( {}
