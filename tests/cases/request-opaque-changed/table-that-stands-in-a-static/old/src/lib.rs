use axum::{Json, extract::FromRequestParts, http::request::Parts};
use std::{collections::HashSet, sync::LazyLock};
use versioning_macros::api;

static ALLOWED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| names().into_iter().collect());

fn names() -> Vec<&'static str> {
    vec!["a", "b"]
}

pub struct Name(String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = String;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, String> {
        let text = format!("{:?}", parts.headers.get("x-name"));
        if ALLOWED.contains(text.as_str()) { Ok(Self(text)) } else { Err("unknown".to_owned()) }
    }
}

#[api(GET "/a", since = "1.0")]
pub async fn a(name: Name) -> Json<usize> {
    Json(name.0.len())
}
