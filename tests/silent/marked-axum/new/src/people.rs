use axum::Json as Body;
use axum::extract as from;
use versioning_macros as v;

type Id = u64;

#[derive(serde::Serialize)]
pub struct Person {
    name: std::borrow::Cow<'static, str>,
    id: Id,
}

#[derive(serde::Deserialize)]
pub struct Window {
    #[serde(default = "Window::usual")]
    limit: u32,
}

impl Window {
    const fn usual() -> u32 {
        10
    }
}

#[derive(serde::Deserialize)]
pub struct Form {
    mail: Option<String>,
    name: String,
}

/// Makes a user.
#[v::api(POST "/users", since = "1.0.0")]
pub async fn create(Body(form): Body<Form>) -> Body<Person> {
    drop(form);
    unimplemented!()
}

#[v::api(since = "1.0.0", GET "/users")]
pub async fn list(window: from::Query<Window>) -> Body<Vec<Person>> {
    let _ = window.limit;
    Body(Vec::new())
}

#[v::api(GET "/users/{user}", since = "1.0.0")]
pub async fn find(from::Path(user): from::Path<Id>) -> Body<Person> {
    unimplemented!("{user}")
}
