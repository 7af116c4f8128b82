use axum::Json;
use serde_json::{Value, json};
use versioning_macros::api;

pub struct User {
    id: u64,
    name: String,
}

impl User {
    pub fn to_json(&self) -> Value {
        json!({ "id": self.id })
    }
}

fn all() -> Vec<User> {
    store::all()
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a")]
pub async fn a() -> Json<Value> {
    let mut users = Vec::new();
    for user in all() {
        users.push(user.to_json());
    }
    Json(json!({ "users": users, "object": "list" }))
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/b")]
pub async fn b() -> Json<Value> {
    let users: Vec<Value> = all().iter().map(User::to_json).collect();
    Json(Value::Array(users))
}
