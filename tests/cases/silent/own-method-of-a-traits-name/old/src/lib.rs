use actix_web::{HttpResponse, ResponseError, get};
use versioning_macros::api;

#[derive(serde::Serialize)]
pub struct Row {
    ids: String,
}

#[derive(serde::Serialize)]
pub struct Shown {
    ids: Vec<u64>,
}

pub struct Failure;

impl ResponseError for Failure {}

impl Row {
    async fn find() -> Result<Self, Failure> {
        let row = elsewhere::find()?;
        Ok(row)
    }

    fn into_response(self, n: u64) -> Shown {
        Shown { ids: vec![n] }
    }
}

#[api(since = "1.0")]
#[get("/a")]
async fn a() -> Result<HttpResponse, Failure> {
    let row = Row::find().await?;
    Ok(HttpResponse::Ok().json(Shown { ids: vec![1] }))
}
