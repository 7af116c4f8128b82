use axum::Json;
use axum::extract::{Path, Query};
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Title(String);

impl TryFrom<String> for Title {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.len() > 40 { Err("too long") } else { Ok(Title(text)) }
    }
}

#[derive(Deserialize)]
pub struct Asked {
    called: Title,
}

#[api(GET "/a/{title}", since = "1.0")]
pub async fn a(Path(title): Path<Title>) -> Json<u8> {
    todo!()
}

#[api(GET "/b", since = "1.0")]
pub async fn b(Query(asked): Query<Asked>) -> Json<u8> {
    todo!()
}
