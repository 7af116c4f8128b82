use axum::Json;
use axum::response::IntoResponse;
use versioning_macros::api;

fn text() -> String {
    todo!()
}

#[api(GET "/a", since = "1.0")]
pub async fn a() -> impl IntoResponse {
    ([("x-b", "2")], Json(text()))
}

#[api(GET "/b", since = "1.0")]
pub async fn b() -> impl IntoResponse {
    ([("x-b", "2")], Json(text()))
}
