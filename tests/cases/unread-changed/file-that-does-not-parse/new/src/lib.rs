use versioning_macros::api;

mod part;

#[api(GET "/a", since = "1.0", responses(204))]
pub async fn a() {}
