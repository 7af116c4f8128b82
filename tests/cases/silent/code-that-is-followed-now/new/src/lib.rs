use actix_web::{HttpResponse, Responder, get, http::StatusCode, post};
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Answer<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<T>,
    pub time: f64,
}

#[derive(Serialize)]
pub struct Item {
    pub id: u32,
}

pub enum Failure {
    NotFound,
    Closed,
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Closed => StatusCode::FORBIDDEN,
        }
    }
}

async fn find() -> Result<Item, Failure> {
    todo!()
}

fn process<T: Serialize>(found: Result<T, Failure>, time: f64) -> HttpResponse {
    match found {
        Ok(found) => HttpResponse::Ok().json(Answer { result: Some(found), time }),
        Err(error) => failed(error, time),
    }
}

fn failed(error: Failure, time: f64) -> HttpResponse {
    let status = error.status();
    let body = Answer::<()> { result: None, time };
    let mut builder = HttpResponse::build(status);
    builder.insert_header(("x-time", "1"));
    builder.json(body)
}

#[api(since = "1.0")]
#[get("/x")]
pub async fn x() -> impl Responder {
    let found = find().await;
    process(found, 0.0)
}

#[api(since = "1.0")]
#[post("/y")]
pub async fn y() -> HttpResponse {
    timed(async { Ok(find().await?) }).await
}

async fn timed<T, F>(found: F) -> HttpResponse
where
    F: Future<Output = Result<T, Failure>>,
    T: Serialize,
{
    inner(async { found.await.map(Some) }).await
}

async fn inner<T, F>(found: F) -> HttpResponse
where
    F: Future<Output = Result<Option<T>, Failure>>,
    T: Serialize,
{
    match found.await.transpose() {
        Some(found) => process(found, 0.0),
        None => HttpResponse::Accepted().finish(),
    }
}
