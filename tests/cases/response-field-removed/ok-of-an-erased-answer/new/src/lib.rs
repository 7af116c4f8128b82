use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct M {
    a: u8,
    
}

pub enum Problem {
    Missing,
}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        StatusCode::NOT_FOUND.into_response()
    }
}

fn find() -> Result<M, Problem> {
    todo!()
}

#[api(GET "/m", since = "1.0")]
pub async fn m() -> Result<impl IntoResponse, Problem> {
    let found = find()?;
    if false {
        return Err(Problem::Missing);
    }
    Ok(Json(found))
}
