use axum::{Json, Router, body::{Body, Bytes}, extract::{FromRequest, Request}, routing::put};
use versioning_macros::api;

pub struct Archive(Bytes);

impl<S: Send + Sync> FromRequest<S> for Archive {
    type Rejection = String;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, String> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| "no bytes".to_owned())?;
        if bytes.len() < 4 {
            return Err("too short".to_owned());
        }
        Ok(Self(bytes))
    }
}

#[utoipa::path(put, path = "/docs", request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = usize)))]
#[api(since = "1.0")]
pub async fn publish(archive: Archive) -> Json<usize> {
    Json(archive.0.len())
}

pub fn app() -> Router {
    Router::new().route("/docs", put(publish))
}
