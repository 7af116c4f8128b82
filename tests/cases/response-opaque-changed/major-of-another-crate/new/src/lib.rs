use axum::Json;
use versioning_macros::api;

#[api(GET "/x", since = "1.0")]
pub async fn x() -> Json<elsewhere::Moment> {
    todo!()
}
