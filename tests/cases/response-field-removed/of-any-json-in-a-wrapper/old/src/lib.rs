use rocket::{get, http::Status, serde::json::{Json, Value, json}};
use versioning_macros::api;

#[api(since = "1.0")]
#[get("/a")]
pub fn a() -> (Status, Json<Value>) {
    (Status::Accepted, Json(json!({ "id": store::id(), "more": 1 })))
}

#[api(since = "1.0")]
#[get("/b")]
pub fn b() -> Option<Json<Value>> {
    let found = store::find()?;
    Some(Json(json!({ "id": store::id(found), "more": 1 })))
}
