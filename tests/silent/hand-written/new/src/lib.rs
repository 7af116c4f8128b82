mod answers;
mod reading;

use answers::{Quantity, Refusal};
use axum::Json;
use reading::Login;
use versioning_macros::api;

#[api(POST "/x", since = "1.0")]
pub async fn x(
    Json(request): Json<Login>,
) -> Result<Json<Quantity>, Refusal> {
    Ok(Json(Quantity(1)))
}
