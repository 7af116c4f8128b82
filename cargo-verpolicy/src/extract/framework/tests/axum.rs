use super::check;

#[test]
fn a_mark_states_the_route_and_the_signature_the_rest() {
    check(
        &["axum", "axum-extra", "versioning-macros"],
        r#"
        use versioning_macros::api;
        use axum::{extract::{Path, Query, State, FromRequestParts}, Json, http::StatusCode};
        #[derive(serde::Deserialize)] struct Q { page: Option<u32> }
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        #[derive(serde::Deserialize, FromRequestParts)] #[from_request(via(Query))] struct Paging { size: u32 }
        type ApiResult<T> = Result<T, (StatusCode, String)>;
        #[api(GET "/users/{id}", since = "1.0.0")]
        async fn find(State(db): State<u8>, Path(id): Path<u64>, Query(q): Query<Q>, p: Paging) -> ApiResult<Json<User>> { todo!() }
        #[api(POST "/users", since = "1.0.0")]
        async fn create(Json(user): Json<User>) -> (StatusCode, Json<User>) { todo!() }
        #[api(DELETE "/users/{id}/{*rest}", since = "1.0.0")]
        async fn gone() -> StatusCode { todo!() }
        "#,
        &[
            "DELETE /users/{id}/{*rest} path(id: string, rest: string) success @1.0.0..",
            "GET /users/{id} path(id: number) query(page?: number, size: number) 200(application/json {name}) \
             error(text/plain string) @1.0.0..",
            "POST /users body(application/json {name}) success(application/json {name}) @1.0.0..",
        ],
    );
}

#[test]
fn what_loco_answers_and_takes() {
    let source = "
        use loco_rs::prelude::*;
        use serde::{Serialize, Deserialize};
        #[derive(Serialize)] pub struct User { id: Uuid, since: DateTime }
        #[derive(Deserialize)] pub struct New { name: String }
        async fn list(_auth: auth::JWT, State(_ctx): State<AppContext>) -> Result<Response> {
            format::json(User { id: Uuid::nil(), since: now() })
        }
        async fn page(Path(id): Path<u32>, ViewEngine(v): ViewEngine<TeraView>) -> Result<Response> {
            if id == 0 { return format::empty(); }
            format::render().view(&v, \"page.html\", id)
        }
        async fn make(Json(new): Json<New>) -> Result<Response> { format::text(&new.name) }
        pub fn routes() -> Routes {
            Routes::new().prefix(\"api\").add(\"/u\", get(list)).add(\"/u\", post(make)).add(\"/p/{id}\", get(page))
        }
    ";
    check(
        &["loco-rs"],
        source,
        &[
            "GET /api/p/{id} path(id: number) 200(text/html string) error(*/* opaque loco_rs::Error)",
            "GET /api/u 200(application/json {id,since}) error(*/* opaque loco_rs::Error) auth(bearer)",
            "POST /api/u body(application/json {name}) 200(text/plain string) error(*/* opaque loco_rs::Error)",
        ],
    );
}

#[test]
fn a_redirection_in_the_place_of_an_error_is_no_other_answer() {
    for (code, answers) in [
        ("if let Some(r) = red().await { return Err(r); } Ok(Html(\"a\"))", "200(text/html string) 303"),
        ("if x() { return Err(Redirect::permanent(\"/a\")); } Ok(Html(\"a\"))", "200(text/html string) 308"),
    ] {
        let source = format!(
            "use axum::{{Router, routing::get, response::{{Html, Redirect}}}};
            async fn red() -> Option<Redirect> {{ if x() {{ return Some(Redirect::to(\"/a\")); }} None }}
            async fn landing() -> Result<Html<&'static str>, Redirect> {{ {code} }}
            fn app() -> Router {{ Router::new().route(\"/\", get(landing)) }}"
        );
        check(&["axum"], &source, &[&format!("GET / {answers}")]);
    }
}
