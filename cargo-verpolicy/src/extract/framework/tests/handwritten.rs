//! Types that answer by code of their own.

use super::{blind_spots, check};

const AXUM: &str = "
use axum::{Json, Router, routing::get, http::StatusCode, response::{IntoResponse, Response, Html, Redirect}};
use serde::{Serialize, Deserialize};
use serde_json::json;
#[derive(Serialize)] pub struct User { id: u64 }
#[derive(Serialize)] pub struct Problem { code: String, detail: Option<String> }
pub fn app() -> Router { Router::new().route(\"/u\", get(h)) }
";

fn axum(code: &str, ret: &str, expected: &str) {
    let source = format!("{AXUM}\n{code}\npub async fn h() -> {ret} {{ loop {{}} }}\n");
    check(&["axum", "serde_json"], &source, &[&format!("GET /u {expected}")]);
}

#[test]
fn a_match_over_the_error_states_statuses() {
    axum(
        "pub enum AppError { NotFound, Bad(String), Db { source: std::io::Error } }
         impl IntoResponse for AppError {
            fn into_response(self) -> Response {
                let (status, message) = match self {
                    AppError::NotFound => (StatusCode::NOT_FOUND, \"no such user\".to_owned()),
                    Self::Bad(why) => (StatusCode::BAD_REQUEST, why),
                    AppError::Db { source } => {
                        tracing::error!(%source, \"database\");
                        (StatusCode::INTERNAL_SERVER_ERROR, String::from(\"oops\"))
                    }
                };
                (status, Json(json!({ \"error\": message, \"kind\": { \"n\": 1 } }))).into_response()
            }
         }",
        "Result<Json<User>, AppError>",
        "200(application/json {id}) 400(application/json {error,kind}) 404(application/json {error,kind}) \
         500(application/json {error,kind})",
    );
}

#[test]
fn a_wrapper_answers_with_what_it_holds() {
    axum(
        "pub struct Created<T>(pub T);
         impl<T: Serialize> IntoResponse for Created<T> {
            fn into_response(self) -> Response { (StatusCode::CREATED, Json(self.0)).into_response() }
         }",
        "Created<User>",
        "201(application/json {id})",
    );
    axum(
        "pub struct Reply<T> { status: StatusCode, body: T }
         impl<T: Serialize> IntoResponse for Reply<T> {
            fn into_response(self) -> Response { (self.status, [(\"x-a\", \"b\")], Json(self.body)).into_response() }
         }",
        "Reply<User>",
        "success(application/json {id}, x-a)",
    );
}

#[test]
fn its_own_methods_are_followed() {
    axum(
        "pub enum E { Gone(Problem), Other(Inner) }
         pub struct Inner;
         impl IntoResponse for Inner { fn into_response(self) -> Response { Html(\"<p>no</p>\").into_response() } }
         impl E {
            fn code(&self) -> StatusCode { match self { E::Gone(_) => StatusCode::GONE, E::Other(..) => unreachable!() } }
         }
         impl IntoResponse for E {
            fn into_response(self) -> Response {
                let code = self.code();
                match self {
                    E::Gone(problem) => (code, Json(problem)).into_response(),
                    E::Other(inner) => inner.into_response(),
                }
            }
         }",
        "Result<(), E>",
        "200 200(text/html string) 410(application/json {code,detail})",
    );
}

#[test]
fn a_status_can_be_set_afterwards_and_early_returns_count() {
    axum(
        "pub struct E { hidden: bool, problem: Problem }
         impl IntoResponse for E {
            fn into_response(self) -> Response {
                if self.hidden { return StatusCode::NOT_FOUND.into_response(); }
                let mut response = Json(&self.problem).into_response();
                *response.status_mut() = StatusCode::CONFLICT;
                response
            }
         }",
        "Result<StatusCode, E>",
        "success 404 409(application/json {code,detail})",
    );
}

#[test]
fn what_is_not_literal_stays_opaque() {
    axum(
        "pub struct E; impl IntoResponse for E { fn into_response(self) -> Response { render(self) } }
         fn render(e: E) -> Response { ELSEWHERE.render(e) }",
        "Result<(), E>",
        "200 error(*/* opaque app::E)",
    );
    axum(
        "pub enum E { A, B(other::Error) }
         impl IntoResponse for E { fn into_response(self) -> Response {
            match self { E::A => StatusCode::NOT_FOUND.into_response(), E::B(e) => e.into_response() }
         } }",
        "Result<(), E>",
        "200 404 error(*/* opaque other::Error)",
    );
}

#[test]
fn an_error_of_a_framework_answers_as_its_type_does() {
    axum("", "Result<Json<User>, (StatusCode, String)>", "200(application/json {id}) error(text/plain string)");
    axum("", "Result<Json<User>, StatusCode>", "200(application/json {id}) error");
}

#[test]
fn actix_errors_state_a_status_and_by_default_their_text() {
    let source = |body: &str| {
        format!(
            "use actix_web::{{get, web, HttpResponse, ResponseError, http::StatusCode}};
            use serde::Serialize;
            #[derive(Serialize)] struct User {{ id: u64 }}
            #[derive(Serialize)] struct Body {{ code: u16 }}
            #[derive(Debug)] pub enum E {{ NotFound, Broken }}
            impl ResponseError for E {{
                fn status_code(&self) -> StatusCode {{
                    match *self {{ E::NotFound => StatusCode::NOT_FOUND, E::Broken => StatusCode::BAD_GATEWAY }}
                }}
                {body}
            }}
            #[get(\"/u\")] async fn h() -> Result<web::Json<User>, E> {{ loop {{}} }}"
        )
    };
    check(
        &["actix-web"],
        &source(""),
        &["GET /u 200(application/json {id}) 404(text/plain string) 502(text/plain string)"],
    );
    let json = "fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(Body { code: self.status_code().as_u16() })
    }";
    check(
        &["actix-web"],
        &source(json),
        &["GET /u 200(application/json {id}) 404(application/json {code}) 502(application/json {code})"],
    );
    let named = "fn error_response(&self) -> HttpResponse { match self {
        E::NotFound => HttpResponse::NotFound().finish(),
        E::Broken => HttpResponse::InternalServerError().content_type(\"text/html; charset=utf-8\").body(\"<p>\"),
    } }";
    check(&["actix-web"], &source(named), &["GET /u 200(application/json {id}) 404 500(text/html string)"]);
}

#[test]
fn rocket_and_poem_and_salvo_and_dropshot() {
    check(
        &["rocket"],
        "use rocket::{get, http::Status, response::{self, Responder, status}, serde::json::Json, Request};
        #[derive(serde::Serialize)] struct Body { code: u16 }
        struct E(Status);
        impl<'r> Responder<'r, 'static> for E {
            fn respond_to(self, req: &'r Request<'_>) -> response::Result<'static> {
                status::Custom(Status::ImATeapot, Json(Body { code: 1 })).respond_to(req)
            }
        }
        #[get(\"/u\")] fn h() -> Result<(), E> { loop {} }",
        &["GET {?}/u 200 418(application/json {code})"],
    );
    check(
        &["poem"],
        "use poem::{handler, error::ResponseError, http::StatusCode, get, Route};
        #[derive(Debug)] struct E;
        impl ResponseError for E { fn status(&self) -> StatusCode { StatusCode::FORBIDDEN } }
        #[handler] fn h() -> Result<(), E> { loop {} }
        fn app() -> Route { Route::new().at(\"/u\", get(h)) }",
        &["GET /u 200 403(text/plain string)"],
    );
    check(
        &["salvo"],
        "use salvo::prelude::*;
        #[derive(serde::Serialize)] struct Body { code: u16 }
        struct E;
        #[async_trait] impl Writer for E {
            async fn write(mut self, _req: &mut Request, _depot: &mut Depot, res: &mut Response) {
                res.status_code(StatusCode::CONFLICT);
                res.render(Json(Body { code: 3 }));
            }
        }
        #[handler] async fn h() -> Result<Json<Body>, E> { loop {} }
        fn app() -> Router { Router::with_path(\"u\").get(h) }",
        &["GET /u 200(application/json {code}) 409(application/json {code})"],
    );
    check(
        &["dropshot"],
        "use dropshot::{endpoint, HttpResponseOk, HttpResponseError, ErrorStatusCode, RequestContext};
        #[derive(serde::Serialize, schemars::JsonSchema)] struct E { message: String }
        impl HttpResponseError for E { fn status_code(&self) -> ErrorStatusCode { ErrorStatusCode::NOT_FOUND } }
        #[endpoint { method = GET, path = \"/u\" }]
        async fn h(_: RequestContext<()>) -> Result<HttpResponseOk<u8>, E> { loop {} }",
        &["GET /u 200(application/json number) 404(application/json {message}) published"],
    );
}

#[test]
fn bytes_that_code_writes_are_some_answer() {
    let scribe = |body: &str| {
        format!(
            "use salvo::prelude::*; use salvo::http::header::CONTENT_TYPE;
            pub struct Own(pub u32);
            impl Scribe for Own {{ fn render(self, res: &mut Response) {{ {body} }} }}
            #[handler] async fn h() -> Own {{ loop {{}} }}
            fn app() -> Router {{ Router::with_path(\"u\").get(h) }}"
        )
    };
    let plain = scribe("res.write_body(bytes(self.0)).ok();");
    check(&["salvo"], &plain, &["GET /u success(*/* opaque app::Own)"]);
    let typed = scribe(
        "match bytes(self.0) {
            Ok(bytes) => {
                res.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(\"application/json\"));
                res.write_body(bytes).ok();
            }
            Err(_) => { res.render(StatusError::internal_server_error()); }
        }",
    );
    check(&["salvo"], &typed, &["GET /u 500 success(*/* opaque app::Own)"]);
}

#[test]
fn a_type_that_answers_with_itself_ends() {
    let source = format!(
        "{AXUM} pub struct E; impl IntoResponse for E {{ fn into_response(self) -> Response {{ E.into_response() }} }}
        pub async fn h() -> Result<(), E> {{ loop {{}} }}"
    );
    assert!(blind_spots(&["axum"], &source).len() < 4);
}

fn reads(code: &str, argument: &str, expected: &str) {
    let source = format!(
        "use axum::{{Json, Router, routing::post, extract::{{FromRequest, FromRequestParts, Query, Request, Path}}}};
        use axum::{{http::request::Parts, RequestPartsExt, RequestExt}};
        #[derive(serde::Deserialize)] pub struct User {{ id: u64 }}
        pub fn app() -> Router {{ Router::new().route(\"/u\", post(h)) }}
        {code}
        pub async fn h(a: {argument}) {{}}"
    );
    check(&["axum", "axum-extra"], &source, &[&format!("POST /u {expected}")]);
}

#[test]
fn an_extractor_reads_what_it_hands_the_request_to() {
    let valid = |body: &str| {
        format!(
            "pub struct Valid<T>(pub T);
            impl<T, S> FromRequest<S> for Valid<T> where T: serde::de::DeserializeOwned, S: Send + Sync {{
                type Rejection = E;
                async fn from_request(req: Request, state: &S) -> Result<Self, E> {{ {body} }}
            }}"
        )
    };
    for body in [
        "let Json(value) = Json::<T>::from_request(req, state).await?; Ok(Valid(value))",
        "let Json(value) = Json::from_request(req, state).await.map_err(E::from)?; value.validate()?; Ok(Valid(value))",
        "let Json(value) = <Json<T> as FromRequest<S>>::from_request(req, state).await?; Ok(Valid(value))",
        "let Json(value) = req.extract::<Json<T>, _>().await?; Ok(Valid(value))",
    ] {
        reads(&valid(body), "Valid<User>", "body(application/json {id}) 200");
    }
    reads(
        &valid("if req.headers().len() > 9 { return Err(E) } Ok(Valid(Json::<T>::from_request(req, state).await?.0))"),
        "Valid<User>",
        "body(application/json {id}) unknown(app::Valid) 200",
    );
    reads(&valid("let bytes = req.into_body(); parse(bytes)"), "Valid<User>", "unknown(app::Valid) 200");
    // What the impl asks for says how code reads that is somewhere else.
    let asking = valid("read(req, state).await.map(Valid)").replace("S: Send", "Json<T>: FromRequest<S>, S: Send");
    reads(&asking, "Valid<User>", "body(application/json {id}) unknown(app::Valid) 200");
}

#[test]
fn an_extractor_of_parts_may_read_nothing_that_clients_send() {
    let parts = |body: &str, name: &str| {
        format!(
            "#[derive(serde::Deserialize)] pub struct Page {{ n: u32 }}
            pub struct Own(pub u32);
            impl<S: Send + Sync> FromRequestParts<S> for Own {{
                type Rejection = E;
                async fn from_request_parts({name}: &mut Parts, state: &S) -> Result<Self, E> {{ {body} }}
            }}"
        )
    };
    reads(&parts("Ok(Own(Db::from_ref(state).n))", "_parts"), "Own", "200");
    reads(&parts("Ok(Own(*parts.extensions.get::<u32>().ok_or(E)?))", "parts"), "Own", "unknown(app::Own) 200");
    reads(
        &parts("let Query(p) = parts.extract::<Query<Page>>().await?; Ok(Own(p.n))", "parts"),
        "Own",
        "query(n: number) 200",
    );
    reads(
        &parts(
            "let p = Query::<Page>::from_request_parts(parts, state).await.ok(); Ok(Own(p.map_or(1, |p| p.n)))",
            "parts",
        ),
        "Own",
        "query(n?: number) 200",
    );
    let optional = "let h: Option<axum_extra::TypedHeader<axum_extra::headers::UserAgent>> = \
        <axum_extra::TypedHeader<_> as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?; Ok(Own(1))";
    reads(&parts(optional, "parts"), "Own", "header(user-agent?: string) 200");
    let untold =
        "let h = <axum_extra::TypedHeader<_> as FromRequestParts<S>>::from_request_parts(parts, state).await?; of(h)";
    reads(&parts(untold, "parts"), "Own", "unknown(app::Own) 200");
    reads(
        &parts("let v = parts.headers.get(\"x-n\").ok_or(E)?; todo!()", "parts"),
        "Own",
        "header(x-n?: string) unknown(app::Own) 200",
    );
}

#[test]
fn actix_extractors_too() {
    check(
        &["actix-web"],
        "use actix_web::{post, web, FromRequest, HttpRequest, dev::Payload};
        #[derive(serde::Deserialize)] pub struct User { id: u64 }
        pub struct Valid<T>(T);
        impl<T: serde::de::DeserializeOwned> FromRequest for Valid<T> {
            type Error = actix_web::Error; type Future = F;
            fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
                let inner = web::Json::<T>::from_request(req, payload);
                Box::pin(async move { Ok(Valid(inner.await?.into_inner())) })
            }
        }
        #[post(\"/u\")] async fn h(a: Valid<User>) -> String { loop {} }",
        &["POST /u body(application/json {id}) 200(text/plain string)"],
    );
}

#[test]
fn websockets_and_multipart_are_named() {
    let source =
        "use axum::{Router, routing::{get, post}, extract::{Multipart, ws::WebSocketUpgrade}, response::Response};
        pub fn app() -> Router { Router::new().route(\"/ws\", get(ws)).route(\"/up\", post(up)) }
        pub async fn ws(ws: WebSocketUpgrade) -> Response { ws.on_upgrade(run) }
        pub async fn up(parts: Multipart) {}";
    check(
        &["axum"],
        source,
        &["GET /ws 101(*/* opaque websocket)", "POST /up body(multipart/form-data opaque multipart) 200"],
    );
    let spots = blind_spots(&["axum"], source);
    let expected = [
        "opaque: `GET /ws` answers `websocket`, whose messages no type states; state it in the mark of its handler: \
         `#[api(responses(101 = T))]`",
        "opaque: `POST /up` reads `multipart`, which code reads part by part; state it in the mark of its handler: \
         `#[api(request = T)]`",
    ];
    for line in expected {
        assert!(spots.iter().any(|spot| spot == line), "{line} in {spots:#?}");
    }
}

#[test]
fn many_branches_that_change_an_answer_are_told_in_time() {
    let codes = ["OK", "BAD_REQUEST", "NOT_FOUND", "FORBIDDEN", "CONFLICT"];
    let (mut variants, mut arms) = (String::new(), String::new());
    for (n, code) in codes.iter().cycle().take(24).enumerate() {
        variants.push_str(&format!("E{n}(String), "));
        arms.push_str(&format!(
            "E::E{n}(why) => {{ res.status_code(StatusCode::{code}); res.render(Json(Body {{ why }})); }}\n"
        ));
    }
    let source = format!(
        "use salvo::prelude::*;
        #[derive(serde::Serialize)] struct Body {{ why: String }}
        enum E {{ {variants} }}
        #[async_trait] impl Writer for E {{
            async fn write(mut self, _req: &mut Request, _depot: &mut Depot, res: &mut Response) {{
                match self {{ {arms} }}
            }}
        }}
        #[handler] async fn h() -> Result<Json<Body>, E> {{ loop {{}} }}
        fn app() -> Router {{ Router::with_path(\"u\").get(h) }}"
    );
    let answers: String =
        ["200", "200", "400", "403", "404", "409"].map(|code| format!(" {code}(application/json {{why}})")).concat();
    check(&["salvo"], &source, &[&format!("GET /u{answers}")]);
}
