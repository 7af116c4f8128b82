//! Handlers.
use crate::wire::*;
use actix_web::web::{self as w, Json as Answer, Query};
use actix_web::{HttpResponse, delete, get, post};
use actix_web_validator as checked;

/// Finds an order.
#[get("/orders/{order_id}")]
pub(crate) async fn find(order_id: w::Path<u64>) -> Answer<Purchase> {
    // Another body.
    unimplemented!("{order_id}")
}

#[get("/orders")]
pub async fn list(Query(window): Query<Page>) -> Answer<Vec<Purchase>> {
    let _ = window.limit.unwrap_or(10);
    Answer(Vec::new())
}

#[post("/orders")]
pub async fn create(checked::Json(order): checked::Json<PurchaseForm>) -> Answer<Purchase> {
    drop(order);
    unimplemented!()
}

#[delete("/orders/{order}")]
pub async fn remove(path: w::Path<(u64,)>) -> HttpResponse {
    let (order,) = path.into_inner();
    let _ = order;
    HttpResponse::NoContent().finish()
}
