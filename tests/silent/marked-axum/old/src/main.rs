use axum::{Json, Router, extract::{Path, Query}, routing::{get, post}};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize)]
struct User { id: u64, name: Box<str> }

#[derive(Deserialize)]
struct Page { #[serde(default = "ten")] limit: u32 }

fn ten() -> u32 { 10 }

#[derive(Deserialize)]
struct NewUser { name: String, #[serde(flatten)] more: More }

#[derive(Deserialize)]
struct More { mail: Option<String> }

#[api(GET "/users/{id}", since = "1.0.0")]
async fn find(Path(id): Path<u64>) -> Json<User> { todo!("{id}") }

#[api(GET "/users", since = "1.0.0")]
async fn list(Query(page): Query<Page>) -> Json<Vec<User>> { let _ = page; Json(vec![]) }

#[api(POST "/users", since = "1.0.0")]
async fn create(Json(user): Json<NewUser>) -> Json<User> { let _ = user; todo!() }

fn main() {
    let _: Router = Router::new().route("/users/{id}", get(find)).route("/users", get(list).merge(post(create)));
}
