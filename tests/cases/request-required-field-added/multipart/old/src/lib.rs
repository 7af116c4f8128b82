use actix_multipart::form::{MultipartForm, tempfile::TempFile, text::Text};
use versioning_macros::api;

#[derive(MultipartForm)]
pub struct Upload {
    name: Text<String>,
    tags: Vec<Text<String>>,
}

#[api(since = "1.0")]
#[actix_web::post("/x")]
pub async fn x(form: MultipartForm<Upload>) -> String {
    todo!()
}
