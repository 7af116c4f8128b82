use axum::response::Html;
use versioning_macros::api;

#[api(GET "/", since = "1.0")]
pub async fn landing() -> Html<&'static str> {
    Html("welcome")
}
