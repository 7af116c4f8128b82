use axum::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Body {
    #[schema(value_type = u64)]
    at: elsewhere::Moment,
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(_body): Json<Body>) {}
