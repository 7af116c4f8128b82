use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize, utoipa::ToSchema)]
pub struct T {
    a: u8,
    b: u8,
}

fn load() -> T {
    todo!()
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> impl IntoResponse {
    let text = serde_json::to_string(&load()).unwrap();
    ([(header::CONTENT_TYPE, "application/json")], text)
}
