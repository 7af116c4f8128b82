use super::check;

#[test]
fn every_path_of_a_history_is_served() {
    check(
        &["ruma-common"],
        r#"
        pub mod v3 {
            use http::header::{CONTENT_TYPE, LOCATION};
            use ruma_common::{api::{auth_scheme::AccessToken, request, response}, metadata};
            metadata! {
                method: PUT, rate_limited: true, authentication: AccessToken,
                history: {
                    unstable("org.x") => "/unstable/{user_id}",
                    1.0 => "/r0/{user_id}",
                    1.1 | stable("org.y") => "/v3/{user_id}",
                    1.10 => deprecated,
                    1.11 => removed,
                }
            }
            #[request]
            pub struct Request {
                #[ruma_api(path)] pub user_id: String,
                #[ruma_api(query)] #[serde(rename = "to")] pub target: Option<u64>,
                #[ruma_api(header = CONTENT_TYPE)] pub kind: Option<String>,
                pub name: String,
                #[serde(rename = "b")] pub a: Option<String>,
            }
            #[response(status = FOUND)]
            pub struct Response { #[ruma_api(header = LOCATION)] pub to: String, pub done: bool }
        }
        pub mod v1 {
            use ruma_common::{api::{request, response, Metadata}, metadata};
            const METADATA: Metadata = metadata! {
                method: GET, rate_limited: false, authentication: None, history: { 1.4 => "/v1/:id", }
            };
            #[request(error = crate::Error)] pub struct Request { #[ruma_api(path)] pub id: String }
            #[response(error = crate::Error)] pub struct Response { #[ruma_api(body)] pub all: Vec<u64> }
        }
        pub mod plain {
            ruma_common::metadata! { @for Ask, method: POST, rate_limited: false, authentication: NoAuthentication, path: "/plain" }
            #[ruma_common::api::request] pub struct Ask { #[ruma_api(raw_body)] pub file: Vec<u8> }
            #[ruma_common::api::response] pub struct Response {}
        }
        pub mod old {
            ruma_common::api::ruma_api! {
                metadata: {
                    description: "d", method: GET, name: "n", r0_path: "/_m/r0/:id", stable_path: "/_m/v3/:id",
                    unstable_path: "/_m/u/:id", rate_limited: false, authentication: AccessToken, added: 1.0, deprecated: 1.3,
                }
                request: { #[ruma_api(path)] pub id: &'a str, }
                response: {}
                error: crate::Error
            }
        }
        "#,
        &[
            "GET /_m/r0/{id} path(id: string) 200(application/json {}) error(application/json opaque MatrixError) auth(AccessToken) @1.0.. deprecated(1.3)",
            "GET /_m/u/{id} path(id: string) 200(application/json {}) error(application/json opaque MatrixError) auth(AccessToken) unstable()",
            "GET /_m/v3/{id} path(id: string) 200(application/json {}) error(application/json opaque MatrixError) auth(AccessToken) @1.1.. deprecated(1.3)",
            "GET /v1/{id} path(id: string) 200(application/json [number]) error(application/json opaque MatrixError) @1.4..",
            "POST /plain body(*/* any) 200(application/json {}) error(application/json opaque MatrixError)",
            "PUT /r0/{user_id} path(user_id: string) query(to?: number) header(content-type?: string) \
             body(application/json {name,b}) 302(application/json {done}, location) \
             error(application/json opaque MatrixError) auth(AccessToken) @1.0..1.11 deprecated(1.10)",
            "PUT /unstable/{user_id} path(user_id: string) query(to?: number) header(content-type?: string) \
             body(application/json {name,b}) 302(application/json {done}, location) \
             error(application/json opaque MatrixError) auth(AccessToken) unstable(org.x)",
            "PUT /v3/{user_id} path(user_id: string) query(to?: number) header(content-type?: string) \
             body(application/json {name,b}) 302(application/json {done}, location) \
             error(application/json opaque MatrixError) auth(AccessToken) @1.1..1.11 deprecated(1.10)",
        ],
    );
}

#[test]
fn sections_of_the_old_macro_are_structs() {
    check(
        &["ruma-common"],
        r#"
        pub mod v3 {
            use http::header::CONTENT_TYPE;
            ruma_common::api::ruma_api! {
                metadata: {
                    description: "d", method: PUT, name: "n", stable_path: "/p/:room", rate_limited: false,
                    authentication: AccessToken, added: 1.2,
                }
                #[derive(Default)]
                request: {
                    /// Where.
                    #[ruma_api(path)]
                    pub room: &'a str,
                    #[ruma_api(query)]
                    #[serde(default, rename = "to")]
                    pub target: u64,
                    #[serde(rename = "m.name", skip_serializing_if = "Option::is_none")]
                    pub name: Option<&'a str>,
                    #[serde(flatten)]
                    pub more: More<'a>,
                }
                #[ruma_api(manual_body_serde)]
                response: { #[ruma_api(header = CONTENT_TYPE)] pub kind: String, pub done: bool }
                error: crate::Error
            }
            #[derive(ruma_common::serde::Incoming, serde::Serialize)]
            pub struct More<'a> { pub one: Option<&'a str> }
        }
        "#,
        &["PUT /p/{room} path(room: string) query(to?: number) body?(application/json {m.name,one}) \
           200(*/* opaque app::v3::Response) error(application/json opaque MatrixError) auth(AccessToken) @1.2.."],
    );
}

#[test]
fn code_reads_what_a_query_cannot_and_an_empty_body_is_empty_braces() {
    check(
        &["ruma-common"],
        r#"
        mod duration { pub fn deserialize() {} }
        pub mod v3 {
            use ruma_common::{api::{request, response}, metadata};
            metadata! { method: POST, rate_limited: true, authentication: None, path: "/p" }
            #[request]
            pub struct Request {
                #[ruma_api(query)] #[serde(with = "crate::duration", default)] pub timeout: Option<std::time::Duration>,
                pub needed: bool,
                pub name: Option<String>,
            }
            #[response] pub struct Response { #[serde(default)] pub id: OwnedRoomId }
            #[derive(ruma_common::IdZst)] pub struct RoomId(str);
        }
        "#,
        &["POST /p query(timeout?: opaque crate::duration) body(application/json {needed,name}) \
           200(application/json {id}) error(application/json opaque MatrixError)"],
    );
}
