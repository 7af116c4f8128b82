use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::TypedHeader;
use headers::UserAgent;
use versioning_macros::api;

pub struct Context(String);

impl<S: Send + Sync> FromRequestParts<S> for Context {
    type Rejection = ();

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ()> {
        let TypedHeader(agent) = TypedHeader::<UserAgent>::from_request_parts(parts, state).await.map_err(|_| ())?;
        Ok(Context(agent.to_string()))
    }
}

#[api(GET "/b", since = "1.0")]
pub async fn b(context: Context) -> Json<u8> {
    todo!()
}

#[api(GET "/c", since = "1.0")]
pub async fn c(c: Context) -> Json<u8> {
    todo!()
}
