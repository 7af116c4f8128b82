use axum::Json;
use versioning_macros::api;

#[cfg(feature = "f")]
#[api(POST "/x", since = "1.0")]
pub async fn fast(body: Json<u8>) -> Json<u8> {
    todo!()
}

#[cfg(not(feature = "f"))]
#[api(POST "/x", since = "1.0")]
pub async fn slow(body: Json<u16>) -> Json<u8> {
    todo!()
}
