use axum::Json;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct Events {
    events: Vec<u8>,
}

#[derive(Serialize)]
pub enum State {
    #[serde(rename = "state")]
    Before(Events),
    #[serde(rename = "state_after")]
    After(Events),
}

#[derive(Serialize)]
pub struct Room {
    id: u8,
    #[serde(flatten)]
    state: State,
}

#[api(GET "/room", since = "1.0")]
pub async fn room() -> Json<Room> {
    todo!()
}
