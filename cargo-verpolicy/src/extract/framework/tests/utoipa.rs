use super::check;

#[test]
fn the_attribute_states_and_completes() {
    check(
        &["axum", "utoipa", "utoipa-axum"],
        r#"
        use axum::{Json, extract::Path, response::IntoResponse};
        use utoipa::{IntoParams, IntoResponses};
        const BASE: &str = "/api";
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        #[derive(serde::Deserialize, IntoParams)] #[into_params(parameter_in = Query)] struct Paging { size: Option<u32> }
        #[derive(IntoResponses)] enum Answers {
            #[response(status = 200)] Ok(User),
            #[response(status = 404)] NotFound,
        }
        #[utoipa::path(
            get, path = "/users/{id}", context_path = BASE, operation_id = "find",
            params(("id" = u64, Path, description = "x"), Paging, ("x-trace" = Option<String>, Header)),
            responses((status = 200, description = "ok", body = inline(User)), (status = "4XX", body = String), (status = NOT_FOUND)),
            security((), ("token" = ["read"]), ("a" = [], "b" = []))
        )]
        async fn find(parts: axum::http::request::Parts) -> impl IntoResponse { todo!() }
        #[cfg_attr(feature = "doc", utoipa::path(post, path = "/users", request_body(content = User, content_type = "application/json"), responses(Answers)))]
        #[deprecated(since = "2.0")]
        async fn create(request: axum::extract::Request) -> impl IntoResponse { todo!() }
        #[utoipa::path(method(get, head), path = "/list", responses((status = 201, body = [User])))]
        async fn list(Path(never): Path<u8>) -> Json<Vec<User>> { todo!() }
        #[derive(utoipa::OpenApi)] #[openapi(paths(find))] struct Doc;
        "#,
        &[
            "GET /api/users/{id} path(id: number) query(size?: number) header(x-trace?: string) \
             200(application/json {name}) 4XX(text/plain string) 404 auth(a+b|token[read]?) published",
            "GET /list 200(application/json [{name}]) unpublished",
            "HEAD /list 200(application/json [{name}]) unpublished",
            "POST /users body(application/json {name}) 200(application/json {name}) 404 deprecated(2.0) cfg(feature = \"doc\") unpublished",
        ],
    );
}

#[test]
fn a_servers_attribute_comes_first() {
    check(
        &["actix-web", "utoipa"],
        r#"
        use actix_web::{get, web, HttpResponse};
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        #[utoipa::path(responses((status = 200, body = User), (status = 404)))]
        #[get("/users/{id}")]
        async fn find(id: web::Path<u64>) -> HttpResponse { todo!() }
        "#,
        &["GET /users/{id} path(id: number) 200(application/json {name}) 404"],
    );
}

#[test]
fn routers_nest_what_they_list() {
    check(
        &["axum", "utoipa", "utoipa-axum"],
        r#"
        use utoipa_axum::{router::OpenApiRouter, routes};
        #[utoipa::path(get, path = "/x")] async fn x() -> String { todo!() }
        #[utoipa::path(get, path = "/y")] async fn y() -> String { todo!() }
        fn inner() -> OpenApiRouter { OpenApiRouter::new().routes(routes!(x)) }
        fn app() -> OpenApiRouter { OpenApiRouter::new().nest("/api", inner()).routes(routes!(y)) }
        "#,
        &["GET /api/x 200(text/plain string) published", "GET /y 200(text/plain string) published"],
    );
}

#[test]
fn errors_of_unknown_status_may_be_redirections() {
    check(
        &["axum", "utoipa"],
        r#"
        use axum::{Json, http::StatusCode};
        #[utoipa::path(get, path = "/a", responses((status = 200, body = u8), (status = 304, description = "same"), (status = 404)))]
        async fn a() -> Result<Json<u8>, StatusCode> { found().await }
        async fn found() -> Result<Json<u8>, StatusCode> {
            match elsewhere() { Ok(one) => Ok(one), Err(true) => Err(StatusCode::NOT_MODIFIED), Err(_) => Err(StatusCode::NOT_FOUND) }
        }
        "#,
        &["GET /a 200(application/json number) 304 404"],
    );
}

#[test]
fn handlers_below_a_nest_with_parameters_read_those_too() {
    check(
        &["axum", "utoipa", "utoipa-axum"],
        r#"
        use axum::{extract::Path, Json};
        use utoipa_axum::{router::OpenApiRouter, routes};
        #[utoipa::path(put, path = "")] async fn put(Path(id): Path<i64>) {}
        #[utoipa::path(get, path = "/members/{member}", params(("member" = String, Path)))]
        async fn member(Path((id, member)): Path<(i64, u8)>) {}
        fn app() -> OpenApiRouter {
            OpenApiRouter::new().nest("/groups/{id}", OpenApiRouter::new().routes(routes!(put)).routes(routes!(member)))
        }
        "#,
        &[
            "GET /groups/{id}/members/{member} path(id: number, member: number) 200 published",
            "PUT /groups/{id} path(id: number) 200 published",
        ],
    );
}
