//! Handlers and what they read and write.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// An order to place.
#[derive(Deserialize)]
pub struct NewOrder {
    pub article: String,
    pub count: u32,
    pub address: Address,
}

#[derive(Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub country: String,
}

/// An order, as clients see it.
#[derive(Serialize)]
pub struct Order {
    pub id: u64,
    pub article: String,
    pub state: State,
    pub address: Address,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Placed,
    Sent,
    Returned,
}

#[derive(Deserialize)]
pub struct Page {
    pub after: Option<u64>,
}

/// Places an order.
#[api(since = "2.0.0")]
#[post("/orders")]
pub async fn place(order: web::Json<NewOrder>) -> web::Json<Order> {
    let order = order.into_inner();
    let _ = order.count;
    web::Json(Order { id: 1, article: order.article, state: State::Placed, address: order.address })
}

/// One order.
#[api(since = "2.0.0")]
#[get("/orders/{id}")]
pub async fn find(id: web::Path<u64>) -> actix_web::Result<web::Json<Order>> {
    Err(actix_web::error::ErrorNotFound(id.into_inner()))
}

/// All orders, page by page.
#[api(since = "2.1.0")]
#[get("/orders")]
pub async fn list(page: web::Query<Page>) -> web::Json<Vec<Order>> {
    let _ = page.after;
    web::Json(Vec::new())
}
