use axum::{Json, body::Bytes, http::StatusCode};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct User {
    id: u64,
    name: String,
}

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

fn user(body: &Bytes) -> Result<User, serde_json::Error> {
    serde_json::from_slice(body)
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/a")]
pub async fn a(body: Bytes) {
    let user: User = serde_json::from_slice(&body).unwrap();
    store::save(user).await
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/b")]
pub async fn b(body: Bytes) {
    store::save(parse::<User>(&body)).await
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/c")]
pub async fn c(bytes: Bytes) {
    match user(&bytes) {
        Ok(user) => store::save(user).await,
        Err(_) => {}
    }
}
