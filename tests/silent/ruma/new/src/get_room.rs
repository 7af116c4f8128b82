//! `GET /rooms/{id}`
mod inner {
    use ruma_common as rc;
    use rc::{api::{auth_scheme::AccessToken, request, response}, metadata};

    metadata! {
        rate_limited: false,
        method: GET,
        authentication: AccessToken,
        history: {
            unstable => "/_matrix/client/unstable/rooms/{room}",
            1.1 => "/_matrix/client/v3/rooms/{room}",
        }
    }

    /// What is asked.
    #[request]
    #[derive(Hash)]
    pub struct Request {
        #[ruma_api(query)]
        pub limit: Option<u32>,
        #[ruma_api(path)]
        pub room: rc::OwnedRoomId,
    }

    #[response]
    pub struct Response {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub topic: Option<String>,
        pub name: String,
    }
}
pub use inner::*;
