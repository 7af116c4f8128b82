//! What the dashboard shows.

use actix_web::{get, web};
use versioning_macros::api;

/// How much there is.
#[api(since = "1.0")]
#[get("/dashboard/totals")]
pub async fn totals() -> web::Json<u32> {
    web::Json(0)
}
