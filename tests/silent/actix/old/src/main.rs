use actix_web::{App, HttpServer, delete, get, post, web};
use actix_web_validator::Json;
use serde::{Deserialize, Deserializer, Serialize};
use validator::Validate;

#[derive(Serialize)]
pub struct Order { pub id: u64, pub state: State }

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State { New, Paid { at: u64 } }

#[derive(Deserialize, Validate)]
pub struct NewOrder {
    #[validate(length(min = 1))]
    pub lines: Vec<String>,
    #[serde(deserialize_with = "trimmed")]
    pub note: String,
    pub kind: Kind,
    pub at: Point,
}

#[derive(Deserialize)]
#[serde(try_from = "Shadow")]
pub struct Point { x: f64, y: f64 }

#[derive(Deserialize)]
pub struct Shadow { x: f64, y: f64 }

impl TryFrom<Shadow> for Point {
    type Error = String;
    fn try_from(from: Shadow) -> Result<Self, String> { Ok(Self { x: from.x, y: from.y }) }
}

pub struct Kind(pub String);

impl<'de> serde::Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(text.to_lowercase()))
    }
}

fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(String::deserialize(deserializer)?.trim().to_owned())
}

#[derive(Deserialize)]
pub struct Page { #[serde(default)] pub offset: u32, pub limit: Option<u32> }

#[get("/orders/{id}")]
async fn find(id: web::Path<u64>) -> web::Json<Order> { todo!("{id}") }

#[get("/orders")]
async fn list(page: web::Query<Page>) -> web::Json<Vec<Order>> { let _ = page; web::Json(vec![]) }

#[post("/orders")]
async fn create(order: Json<NewOrder>) -> web::Json<Order> { let _ = order; todo!() }

#[delete("/orders/{id}")]
async fn remove(path: web::Path<u64>) -> actix_web::HttpResponse { let _ = path; actix_web::HttpResponse::NoContent().finish() }

pub fn app(cfg: &mut web::ServiceConfig) {
    cfg.service(web::scope("/api").service(find).service(list).service(create).service(remove));
}

fn main() { let _ = HttpServer::new(|| App::new().configure(app)); }
