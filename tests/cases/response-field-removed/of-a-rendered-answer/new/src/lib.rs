use salvo::http::StatusCode;
use salvo::prelude::*;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Item {
    id: u64,
}

#[api(GET "/a", since = "1.0")]
#[handler]
pub async fn a(response: &mut Response) {
    if store::full() {
        response.status_code(StatusCode::CONFLICT);
        return;
    }
    response.render(Json(Item { id: 1 }));
}
