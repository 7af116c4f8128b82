use axum::Json;
use elsewhere::prelude::*;
use serde::Serialize;
use versioning_macros::api;

pub mod ids {
    #[derive(makes::Owned)]
    pub struct RoomId(str);
}

pub mod rooms {
    use super::elsewhere_names::*;
    use crate::ids::OwnedRoomId;
    use serde::Serialize;

    #[derive(Serialize)]
    pub struct Room {
        pub id: OwnedRoomId,
    }
}

mod elsewhere_names {
    pub use elsewhere::prelude::*;
}

#[api(GET "/room", since = "1.0")]
pub async fn room() -> Json<rooms::Room> {
    todo!()
}
