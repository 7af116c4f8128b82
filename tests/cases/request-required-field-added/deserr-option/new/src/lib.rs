use deserr::Deserr;
use deserr::actix_web::AwebJson;
use deserr::errors::JsonError;
use versioning_macros::api;

#[derive(Deserr)]
#[deserr(rename_all = camelCase)]
pub struct Search {
    query: String,
    #[deserr(default)]
    page: Option<u32>,
    sort: Option<String>,
    #[deserr(default)]
    limit: Option<u32>,
}

#[api(since = "1.0")]
#[actix_web::post("/search")]
pub async fn search(search: AwebJson<Search, JsonError>) -> String {
    todo!()
}
