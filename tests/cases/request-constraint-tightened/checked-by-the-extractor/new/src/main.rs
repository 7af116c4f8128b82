use actix_web::{post, web};
use serde::Deserialize;
use validator::Validate;
use versioning_macros::api;
#[derive(Deserialize, Validate)]
pub struct Search {
    #[validate(nested)]
    pub filter: Filter,
}

#[derive(Deserialize, Validate)]
pub struct Filter {
    #[validate(range(min = 1))]
    pub min_count: usize,
}

#[api(since = "1.0.0")]
#[post("/search")]
async fn search(search: actix_web_validator::Json<Search>) -> web::Json<u64> { let _ = search; todo!() }
