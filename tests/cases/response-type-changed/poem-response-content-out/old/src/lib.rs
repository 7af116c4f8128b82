use poem_openapi::payload::{Json, PlainText};
use poem_openapi::{ApiResponse, Object, OpenApi, ResponseContent};
use versioning_macros::api;

#[derive(Object)]
pub struct Note {
    text: String,
}

#[derive(ResponseContent)]
pub enum Content {
    Json(Json<Note>),
    #[oai(content_type = "text/markdown")]
    Text(PlainText<String>),
}

#[derive(ApiResponse)]
pub enum Answer {
    #[oai(status = 200)]
    Ok(Content),
}

pub struct Api;

#[OpenApi]
impl Api {
    #[api(since = "1.0")]
    #[oai(path = "/a", method = "get")]
    pub async fn a(&self) -> Answer {
        todo!()
    }
}
