use actix_web::{HttpResponse, post};
use garde_actix_web::web::Json;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, garde::Validate)]
pub struct T {
    #[garde(pattern("^[a-f]+$"))]
    a: String,
}

#[api(since = "1.0", responses(204))]
#[post("/x")]
pub async fn x(_: Json<T>) -> HttpResponse {
    HttpResponse::Ok().finish()
}
