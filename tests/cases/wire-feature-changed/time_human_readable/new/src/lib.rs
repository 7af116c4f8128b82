use axum::Json;
use serde::Serialize;
use time::OffsetDateTime;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Order {
    placed: OffsetDateTime,
    paid: Option<OffsetDateTime>,
}

#[api(GET "/orders", since = "1.0.0")]
pub async fn orders() -> Json<Vec<Order>> {
    todo!()
}
