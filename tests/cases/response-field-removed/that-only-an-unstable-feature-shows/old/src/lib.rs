use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct T {
    a: u8,
    #[cfg(feature = "unstable")]
    b: u8,
    #[cfg(feature = "c")]
    c: u8,
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> Json<T> {
    todo!()
}
