use axum::response::{Html, Redirect};
use versioning_macros::api;

async fn signed_in() -> Option<Redirect> {
    if elsewhere::knows() { Some(Redirect::to("/home")) } else { None }
}

#[api(GET "/", since = "1.0")]
pub async fn landing() -> Result<Html<&'static str>, Redirect> {
    if let Some(redirect) = signed_in().await {
        return Err(redirect);
    }
    Ok(Html("welcome"))
}
