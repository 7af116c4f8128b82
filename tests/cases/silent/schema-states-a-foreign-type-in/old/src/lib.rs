use axum::Json;
use serde::Deserialize;
use versioning_macros::api;

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Body {
    at: elsewhere::Moment,
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(_body): Json<Body>) {}
