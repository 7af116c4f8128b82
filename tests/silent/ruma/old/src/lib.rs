pub mod get_room {
    use ruma_common::{OwnedRoomId, api::{auth_scheme::AccessToken, request, response}, metadata};

    metadata! {
        method: GET,
        rate_limited: false,
        authentication: AccessToken,
        history: {
            unstable => "/_matrix/client/unstable/rooms/{room_id}",
            1.1 => "/_matrix/client/v3/rooms/{room_id}",
        }
    }

    #[request]
    pub struct Request {
        #[ruma_api(path)]
        pub room_id: OwnedRoomId,
        #[ruma_api(query)]
        pub limit: Option<u32>,
    }

    #[response]
    pub struct Response {
        pub name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub topic: Option<String>,
    }
}
