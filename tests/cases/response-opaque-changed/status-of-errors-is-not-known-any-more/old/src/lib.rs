use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u32,
}

#[derive(Serialize)]
pub struct Problem {
    code: u16,
}

pub enum Fail {
    Missing,
    Other,
}

impl Fail {
    fn status(&self) -> u16 {
        std::env::args().len() as u16
    }
}

pub fn failed(fail: &Fail) -> Response {
    match fail {
        Fail::Missing => (StatusCode::NOT_FOUND, Json(Problem { code: 1 })).into_response(),
        Fail::Other => (StatusCode::CONFLICT, Json(Problem { code: 2 })).into_response(),
    }
}

pub fn find() -> Result<Item, Fail> {
    Err(Fail::Other)
}

#[api(GET "/a", since = "1.0")]
pub async fn a() -> Response {
    match find() {
        Ok(item) => Json(item).into_response(),
        Err(fail) => failed(&fail),
    }
}
