use poem_openapi::{ApiResponse, Object, OpenApi, param::{Cookie, Header, Query}, payload::Json};
use versioning_macros::api;

#[derive(Object)]
pub struct T {
    a: u32,
}

#[derive(ApiResponse)]
pub enum Answer {
    #[oai(status = 200)]
    Ok(Json<T>),
    #[oai(status = 404)]
    Missing,
}

pub struct Api;

#[OpenApi]
impl Api {
    #[api(since = "1.0")]
    #[oai(path = "/x", method = "get")]
    pub async fn x(&self) -> Answer {
        Answer::Gone
    }
}
