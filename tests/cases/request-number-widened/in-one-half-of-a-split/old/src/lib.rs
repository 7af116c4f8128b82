use axum::Json;
use versioning_macros::api;

#[api(POST "/x", since = "1.0")]
pub async fn x(body: Json<u8>) -> Json<u8> {
    todo!()
}
