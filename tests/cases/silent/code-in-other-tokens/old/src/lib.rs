use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;
use versioning_macros::api;

#[api(GET "/x", since = "1.0")]
pub async fn x() -> Response {
    let name = std::env::var("NAME").unwrap_or_default();
    let mut page = format!(
        r#"{name}
 name = "{{}}"
"#
    );
    let _ = write!(page, r"
[part]
");
    page.push_str(pairs().0.1);
    page.push_str(br"
    octets");
    other(page)
}

fn other(page: impl IntoResponse) -> Response {
    unknown::page(page)
}
