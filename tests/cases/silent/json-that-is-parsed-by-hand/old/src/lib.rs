use axum::{Json, body::Bytes, http::StatusCode};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct User {
    id: u64,
    name: String,
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/a")]
pub async fn a(Json(user): Json<User>) {
    store::save(user).await
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/b")]
pub async fn b(Json(user): Json<User>) {
    store::save(user).await
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/c")]
pub async fn c(Json(user): Json<User>) {
    store::save(user).await
}
