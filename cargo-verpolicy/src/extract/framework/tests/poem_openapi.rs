use super::check;

#[test]
fn arguments_name_the_parameters() {
    check(
        &["poem", "poem-openapi"],
        r#"
        use poem_openapi::{OpenApi, ApiResponse, Object, SecurityScheme, param::{Path, Query, Header}, payload::{Json, PlainText}};
        #[derive(Object, serde::Serialize, serde::Deserialize)] struct User { name: String }
        #[derive(SecurityScheme)] #[oai(ty = "bearer")] struct Token(poem_openapi::auth::Bearer);
        #[derive(ApiResponse)] enum Found {
            #[oai(status = 200)] Ok(Json<User>),
            #[oai(status = 404)] NotFound,
            #[oai(status = 410)] Gone(PlainText<String>, #[oai(header = "X-Why")] String),
        }
        pub struct Api;
        #[OpenApi(prefix_path = "/v1/:tenant", tag = "Tags::A")]
        impl Api {
            #[oai(path = "/users/:id", method = "get")]
            async fn find(&self, tenant: Path<String>, Path(id): Path<u64>, q: Query<Option<String>>, #[oai(name = "x-trace")] t: Header<String>, auth: Token) -> Found { todo!() }
            #[oai(path = "/users", method = "post", hidden, deprecated = true)]
            async fn create(&self, user: Json<User>, db: poem::web::Data<&u8>) -> poem::Result<Json<User>> { todo!() }
            async fn helper(&self) {}
        }
        fn main() {
            let service = poem_openapi::OpenApiService::new(Api, "t", "1").server("http://x");
            let ui = service.swagger_ui();
            poem::Route::new().nest("/api", service).nest("/docs", ui);
        }
        "#,
        &[
            "GET /api/v1/{tenant}/users/{id} path(tenant: string, id: number) query(q?: string) \
             header(x-trace: string) 200(application/json {name}) 404 410(text/plain string, x-why) auth(bearer) published",
            "POST /api/v1/{tenant}/users path(tenant: string) body(application/json {name}) \
             200(application/json {name}) error(*/* opaque poem::Error) deprecated() unpublished",
        ],
    );
}

#[test]
fn the_root_below_a_prefix_and_defaults_that_functions_give() {
    check(
        &["poem-openapi"],
        r#"
        use poem_openapi::{OpenApi, param::Query, payload::PlainText, SecurityScheme, auth::ApiKey};
        #[derive(SecurityScheme)]
        #[oai(ty = "api_key", key_name = "X-Key", key_in = "header")]
        struct Key(ApiKey);
        struct Api;
        fn ten() -> u32 { 10 }
        #[OpenApi(prefix_path = "/v1/pets")]
        impl Api {
            #[oai(path = "/", method = "get")]
            async fn all(&self, key: Key, #[oai(default = "ten")] limit: Query<u32>) -> PlainText<String> { todo!() }
        }
        "#,
        &["GET /v1/pets query(limit?: number) 200(text/plain string) auth(api_key header X-Key) published"],
    );
}
