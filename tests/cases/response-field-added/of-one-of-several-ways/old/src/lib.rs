use axum::{Json, http::StatusCode};
use serde::Serialize;
use serde_json::{Value, json};
use versioning_macros::api;

#[derive(Serialize)]
pub struct Job {
    id: u32,
    name: String,
}

fn find() -> Option<Job> {
    elsewhere::find()
}

#[api(GET "/a", since = "1.0")]
pub async fn a() -> Json<Value> {
    match find() {
        Some(job) => Json(json!({ "id": job.id, "name": job.name })),
        None => Json(json!([1, 2])),
    }
}
