use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

pub struct User {
    id: u64,
    name: String,
}

fn all() -> Vec<User> {
    store::all()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let show = |user: &User| json!({ "id": user.id, "name": user.name });
    Json(json!({ "all": all().iter().map(show).collect::<Vec<_>>() }))
}
