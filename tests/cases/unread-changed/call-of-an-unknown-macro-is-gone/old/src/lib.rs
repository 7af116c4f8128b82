use versioning_macros::api;

other::routes! { get "/p" => users }

#[api(GET "/a", since = "1.0", responses(204))]
pub async fn a() {}
