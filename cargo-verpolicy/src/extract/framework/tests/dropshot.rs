use super::{blind_spots, check};

#[test]
fn functions_and_channels() {
    check(
        &["dropshot"],
        r#"
        use dropshot::{endpoint, channel, RequestContext, Path, Query, TypedBody, HttpResponseOk, HttpResponseCreated, HttpResponseDeleted, HttpError, WebsocketConnection};
        #[derive(serde::Deserialize)] struct P { id: u64 }
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        #[endpoint { method = GET, path = "/users/{id}", tags = ["a"], }]
        async fn find(rq: RequestContext<()>, p: Path<P>) -> Result<HttpResponseOk<User>, HttpError> { todo!() }
        #[endpoint { method = POST, path = "/users/", unpublished = true, content_type = "application/x-www-form-urlencoded" }]
        async fn create(rq: RequestContext<()>, body: TypedBody<User>) -> Result<HttpResponseCreated<User>, HttpError> { todo!() }
        #[dropshot::endpoint(method = DELETE, path = "/users/{id}", deprecated = true)]
        async fn gone(rq: RequestContext<()>, p: Path<P>) -> Result<HttpResponseDeleted, HttpError> { todo!() }
        #[channel { protocol = WEBSOCKETS, path = "/ws" }]
        async fn ws(rq: RequestContext<()>, up: WebsocketConnection) -> dropshot::WebsocketChannelResult { todo!() }
        "#,
        &[
            "DELETE /users/{id} path(id: number) 204 4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) \
             deprecated() published",
            "GET /users/{id} path(id: number) 200(application/json {name}) \
             4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) published",
            "GET /ws 101(*/* opaque websocket) published",
            "POST /users body(application/x-www-form-urlencoded {name}) 201(application/json {name}) \
             4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) unpublished",
        ],
    );
}

#[test]
fn versions_are_lifetimes() {
    check(
        &["dropshot", "dropshot-api-manager-types"],
        r#"
        use dropshot::{RequestContext, HttpResponseUpdatedNoContent, HttpError};
        use dropshot_api_manager_types::api_versions;
        api_versions!([ (3, NEWEST), (2, ADD_X), (1, INITIAL), ]);
        const OWN: semver::Version = semver::Version::new(1, 2, 3);
        #[dropshot::api_description { module = "m" }]
        pub trait Api {
            type Context;
            #[endpoint { method = GET, path = "/x", versions = VERSION_ADD_X.. }]
            async fn x(rq: RequestContext<Self::Context>) -> Result<HttpResponseUpdatedNoContent, HttpError>;
            #[endpoint { method = GET, path = "/x", operation_id = "x", versions = VERSION_INITIAL..crate::VERSION_ADD_X }]
            async fn x_v1(rq: RequestContext<Self::Context>) -> Result<HttpResponseUpdatedNoContent, HttpError> { todo!() }
            #[endpoint { method = GET, path = "/y", versions = .."2.0.0" }]
            async fn y(rq: RequestContext<Self::Context>) -> Result<HttpResponseUpdatedNoContent, HttpError>;
            #[endpoint { method = GET, path = "/z", versions = OWN.. }]
            async fn z(rq: RequestContext<Self::Context>) -> Result<HttpResponseUpdatedNoContent, HttpError>;
            #[endpoint { method = GET, path = "/always" }]
            async fn always(rq: RequestContext<Self::Context>) -> Result<HttpResponseUpdatedNoContent, HttpError>;
        }
        pub mod inner {
            use super::*;
            #[dropshot::endpoint { method = PUT, path = "/w", versions = VERSION_NEWEST.. }]
            async fn w(rq: RequestContext<()>) -> Result<HttpResponseUpdatedNoContent, std::convert::Infallible> { todo!() }
        }
        "#,
        &[
            "GET /always 204 4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) published",
            "GET /x 204 4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) @1.0.0..2.0.0 published",
            "GET /x 204 4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) @2.0.0.. published",
            "GET /y 204 4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) @..2.0.0 published",
            "GET /z 204 4XX(application/json {request_id,error_code,message}) 5XX(application/json {request_id,error_code,message}) @1.2.3.. published",
            "PUT /w 204 @3.0.0.. published",
        ],
    );
}

#[test]
fn a_version_that_is_not_at_hand_is_a_blind_spot() {
    let spots = blind_spots(
        &["dropshot"],
        r#"#[dropshot::endpoint { method = GET, path = "/w", versions = SOMEWHERE.. }] async fn w() -> Result<(), ()> { todo!() }"#,
    );
    assert!(spots.iter().any(|spot| spot.contains("`SOMEWHERE` names no version")), "{spots:?}");
}
