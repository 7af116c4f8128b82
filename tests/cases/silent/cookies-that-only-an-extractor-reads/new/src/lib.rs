use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use versioning_macros::api;

pub struct Context(bool);

impl<S: Send + Sync> FromRequestParts<S> for Context {
    type Rejection = ();

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ()> {
        let Ok(cookies) = CookieJar::from_request_parts(parts, state).await;
        Ok(Context(cookies.get("a").is_some()))
    }
}

#[api(GET "/b", since = "1.0")]
pub async fn b(context: Context) -> Json<u8> {
    tracing::info!("{}", context.0);
    Json(1)
}
