use axum::{Json, extract::FromRequestParts, http::request::Parts};
use versioning_macros::api;

pub struct Session {
    level: u8,
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = String;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, String> {
        let text = format!("{:?}", parts.headers.get("x-session"));
        text.parse().map(|level| Self { level }).map_err(|_| "no session".to_owned())
    }
}

pub struct Admin(u8);

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = String;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, String> {
        let session = Session::from_request_parts(parts, state).await?;
        if session.level >= 2 { Ok(Self(session.level)) } else { Err("no admin".to_owned()) }
    }
}

#[api(GET "/a", since = "1.0")]
pub async fn a(admin: Admin) -> Json<u8> {
    Json(admin.0)
}
