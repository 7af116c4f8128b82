use axum::{body::{Body, to_bytes}, extract::{FromRequest, Request}};
use versioning_macros::api;

#[derive(serde::Deserialize)]
struct Helper {
    #[serde(rename = "ts")]
    at: u64,
}

pub struct Read(u64);

impl<S: Send + Sync> FromRequest<S> for Read {
    type Rejection = String;

    async fn from_request(request: Request<Body>, _: &S) -> Result<Self, String> {
        let bytes = to_bytes(request.into_body(), 9).await.map_err(|e| e.to_string())?;
        let helper: Helper = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
        Ok(Self(helper.at))
    }
}

#[api(POST "/x", since = "1.0", responses(204))]
pub async fn x(read: Read) {}
