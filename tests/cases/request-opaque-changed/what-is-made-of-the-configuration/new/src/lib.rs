use axum::{Json, extract::FromRequestParts, http::request::Parts};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock, RwLock};
use versioning_macros::api;

#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Config {
    limit: usize,
}

static CONFIG: LazyLock<RwLock<Arc<Config>>> = LazyLock::new(|| RwLock::new(Arc::new(load())));

fn load() -> Config {
    let text = std::fs::read_to_string("config.json").unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn config() -> Arc<Config> {
    CONFIG.read().unwrap().clone()
}

pub struct Short(String);

impl<S: Send + Sync> FromRequestParts<S> for Short {
    type Rejection = String;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, String> {
        let text = format!("{:?}", parts.headers.get("x-name"));
        if text.len() < config().limit * 3 { Ok(Self(text)) } else { Err("too long".to_owned()) }
    }
}

#[api(GET "/a", since = "1.0")]
pub async fn a(name: Short) -> Json<usize> {
    Json(name.0.len())
}
