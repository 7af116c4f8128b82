use axum::{Json, extract::FromRequestParts, http::request::Parts};
use versioning_macros::api;

macro_rules! error {
    ($text:expr) => {
        return Err($text.to_owned())
    };
}

pub struct Ip(String);

impl<S: Send + Sync> FromRequestParts<S> for Ip {
    type Rejection = String;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, String> {
        let value = parts.headers.get("x-real-ip").map(|value| format!("{value:?}")).unwrap_or_default();
        if value.is_empty() {
            Ok::<(), ()>(()).ok();
        }
        Ok(Self(value))
    }
}

#[api(GET "/a", since = "1.0")]
pub async fn a(ip: Ip) -> Json<usize> {
    Json(ip.0.len())
}
