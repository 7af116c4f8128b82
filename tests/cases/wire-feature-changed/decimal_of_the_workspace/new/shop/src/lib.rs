use axum::Json;
use wallet::Price;
use versioning_macros::api;

#[api(PUT "/price", since = "1.0.0")]
pub async fn put(Json(price): Json<Price>) -> Json<Price> {
    Json(price)
}
