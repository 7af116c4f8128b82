use axum::Json;
use axum::response::{IntoResponse, Response};
use axum_extra::TypedHeader;
use headers::CacheControl;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct M {
    a: u8,
}

fn no_store() -> TypedHeader<CacheControl> {
    todo!()
}

#[api(GET "/b", since = "1.0")]
pub async fn b() -> impl IntoResponse {
    Json(M { a: 1 })
}

#[api(GET "/d", since = "1.0")]
pub async fn d() -> impl IntoResponse {
    Json(M { a: 1 }).into_response()
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> impl IntoResponse {
    ([("x-b", "1")], Json(M { a: 1 }))
}

#[api(GET "/e", since = "1.0")]
pub async fn e() -> Response {
    let mut r = Json(M { a: 1 }).into_response();
    
    r
}
