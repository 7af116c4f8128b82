use axum::{extract::FromRequestParts, http::request::Parts};
use versioning_macros::api;

pub struct Session;

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = ();

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, ()> {
        Err(())
    }
}

#[api(GET "/x", since = "1.0", responses(204))]
pub async fn x() {}
