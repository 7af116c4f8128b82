use axum::http::{HeaderName, header};
use versioning_macros::api;

#[api(GET "/f", since = "1.0")]
pub async fn f() -> ([(HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "text/plain")], String::new())
}
