use actix_web::{HttpResponse, get, post, web};
use serde::Serialize;
use std::future::Future;
use versioning_macros::api;

#[derive(Serialize)]
pub struct ApiResponse<D> {
    result: Option<D>,
    time: f64,
}

pub async fn time<T: Serialize, F: Future<Output = Result<T, String>>>(future: F) -> HttpResponse {
    match future.await {
        Ok(res) => HttpResponse::Ok().json(ApiResponse { result: Some(res), time: 0.0 }),
        Err(_) => HttpResponse::BadRequest().json(ApiResponse::<()> { result: None, time: 0.0 }),
    }
}

#[derive(Serialize)]
pub struct Status {
    a: u8,
}

pub struct Toc;

impl Toc {
    pub fn status(&self) -> Status {
        todo!()
    }

    pub async fn prepare(&self) -> Result<Status, String> {
        todo!()
    }

    pub async fn many(&self) -> Result<Vec<Status>, String> {
        todo!()
    }

    pub fn some(&self) -> Option<&std::sync::Arc<Toc>> {
        todo!()
    }
}

pub struct Dispatcher {
    toc: Toc,
}

impl std::ops::Deref for Dispatcher {
    type Target = Toc;

    fn deref(&self) -> &Toc {
        &self.toc
    }
}

pub trait Anonymous {
    fn anonymous(self) -> Self;
}

impl Anonymous for Status {
    fn anonymous(self) -> Self {
        self
    }
}

#[api(since = "1.0")]
#[get("/deref")]
fn deref(d: web::Data<Dispatcher>) -> impl Future<Output = HttpResponse> {
    time(async move { Ok(d.status()) })
}

#[api(since = "1.0")]
#[get("/branches")]
fn branches(d: web::Data<Toc>) -> impl Future<Output = HttpResponse> {
    time(async move {
        let x = d.prepare().await?;
        let x = if true { x.anonymous() } else { x };
        Ok(x)
    })
}

#[api(since = "1.0")]
#[get("/lock")]
fn lock(d: web::Data<tokio::sync::Mutex<Toc>>) -> impl Future<Output = HttpResponse> {
    time(async move {
        let x = d.lock().await.prepare().await?;
        Ok(x)
    })
}

#[api(since = "1.0")]
#[get("/map")]
async fn map(d: web::Data<Toc>) -> HttpResponse {
    let found = d.many().await.map(|v| v.into_iter().map(Status::from).collect::<Vec<_>>());
    time(async move { found }).await
}

#[api(since = "1.0")]
#[get("/spawn")]
async fn spawn(d: web::Data<Toc>) -> HttpResponse {
    let future = async move { tokio::spawn(async move { d.prepare().await }).await.unwrap() };
    time(future).await
}

#[api(since = "1.0")]
#[get("/opened")]
fn opened(d: web::Data<Toc>) -> impl Future<Output = HttpResponse> {
    time(async move {
        let x = d.some().ok_or_else(|| "none".to_owned())?.status();
        Ok(x)
    })
}
