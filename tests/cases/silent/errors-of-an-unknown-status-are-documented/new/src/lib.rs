use axum::{Json, response::{IntoResponse, Response}};
use versioning_macros::api;

pub trait Fails {
    fn response(&self) -> Response;
}

impl IntoResponse for Box<dyn Fails> {
    fn into_response(self) -> Response {
        self.response()
    }
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    detail: String,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/x", responses((status = 200, body = u8), (status = "4XX", body = Problem), (status = "5XX", body = Problem)))]
pub async fn x() -> Result<Json<u8>, Box<dyn Fails>> {
    Ok(Json(1))
}
