use actix_web::{HttpResponse, ResponseError};
use versioning_macros::api;

#[derive(Debug)]
pub struct Failure;

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("failure")
    }
}

impl ResponseError for Failure {}

#[derive(serde::Serialize)]
pub struct Done {
    a: u32,
}

async fn answer<F: Future<Output = Result<Done, Failure>>>(future: F) -> HttpResponse {
    match future.await {
        Ok(done) => HttpResponse::Ok().json(done),
        Err(failure) => failure.error_response(),
    }
}

#[api(since = "1.0")]
#[actix_web::get("/x")]
pub async fn x() -> HttpResponse {
    let future = async move {
        Ok(Done { a: 1 })
    };
    answer(future).await
}
