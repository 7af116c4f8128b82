use axum::Form;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
pub struct T {
    a: Option<u8>,
}

#[api(POST "/x", since = "1.0", responses(204))]
pub async fn x(_: Form<T>) {}
