use actix_web_validator::Path;
use versioning_macros::api;

#[derive(serde::Deserialize, validator::Validate)]
pub struct At {
    #[validate(length(max = 5))]
    name: String,
}

#[api(since = "1.0")]
#[actix_web::get("/x/{name}")]
pub async fn x(at: Path<At>) -> String {
    String::new()
}
