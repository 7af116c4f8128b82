use axum::{Json, extract::FromRequestParts, http::request::Parts};
use std::sync::LazyLock;
use versioning_macros::api;

pub struct Config {
    address: String,
    header: Option<String>,
}

impl Config {
    fn load() -> Self {
        let address = std::env::var("ADDRESS").unwrap_or_default();
        let address = address.trim().to_owned();
        Self { address, header: std::env::var("HEADER").ok() }
    }

    fn header(&self) -> &str {
        self.header.as_deref().unwrap_or("x-real-ip")
    }
}

static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::load());

pub struct Ip(String);

impl<S: Send + Sync> FromRequestParts<S> for Ip {
    type Rejection = String;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, String> {
        let Some(value) = parts.headers.get(CONFIG.header()) else {
            tracing::warn!("no address in {}", CONFIG.header());
            return Err("no address".to_owned());
        };
        value.to_str().map(|text| Self(text.to_owned())).map_err(|_| "no text".to_owned())
    }
}

#[api(GET "/a", since = "1.0")]
pub async fn a(ip: Ip) -> Json<usize> {
    Json(ip.0.len())
}
