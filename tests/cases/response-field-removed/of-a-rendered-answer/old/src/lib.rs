use salvo::http::StatusCode;
use salvo::prelude::*;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u64,
    name: String,
}

#[api(GET "/a", since = "1.0")]
#[handler]
pub async fn a(res: &mut Response) {
    if store::full() {
        res.status_code(StatusCode::CONFLICT);
        return;
    }
    res.render(Json(Item { id: 1, name: String::new() }));
}
