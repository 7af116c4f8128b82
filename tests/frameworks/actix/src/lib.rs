//! Every shape of an actix-web server: scopes, resources, services, `configure`, `#[scope]`, guards, `to`.

pub mod modules;

use actix_multipart::form::text::Text;
use actix_multipart::form::MultipartForm;
use actix_web::web::{self, Bytes, Data, Form, Header, Json, Path, Query, ServiceConfig};
use actix_web::{delete, get, guard, post, route, routes, scope, App, Either, HttpResponse, HttpServer, Responder};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub struct Note {
    pub id: u64,
    pub text: Option<String>,
}

#[derive(Deserialize)]
pub struct Search {
    pub text: String,
    pub page: Option<u32>,
}

#[derive(MultipartForm)]
pub struct Upload {
    pub name: Text<String>,
    pub tags: Vec<Text<String>>,
}

#[get("/by-attribute/{id}")]
async fn by_attribute(id: Path<u64>) -> Json<Note> {
    Json(Note { id: *id, text: None })
}

#[route("/two-methods", method = "PUT", method = "PATCH")]
async fn two_methods(note: Json<Note>) -> Json<Note> {
    note
}

#[routes]
#[get("/first-path")]
#[get("/second-path")]
async fn two_paths() -> &'static str {
    "two"
}

#[get("/files/{tail:.*}")]
async fn files(tail: Path<String>) -> String {
    tail.into_inner()
}

#[post("/upload")]
async fn upload(form: MultipartForm<Upload>) -> String {
    form.name.0.clone()
}

#[scope("/scoped")]
pub mod scoped {
    use actix_web::{delete, get, HttpResponse};

    #[get("/one")]
    pub async fn one() -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    #[delete("/one")]
    pub async fn gone() -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

async fn search(search: Query<Search>) -> actix_web::Result<Json<Vec<Note>>> {
    Ok(Json(vec![Note { id: search.page.unwrap_or_default().into(), text: Some(search.text.clone()) }]))
}

async fn form(note: Form<Note>) -> (Json<Note>, actix_web::http::StatusCode) {
    (Json(note.into_inner()), actix_web::http::StatusCode::CREATED)
}

async fn either(body: Either<Json<Note>, Form<Note>>) -> Json<u64> {
    Json(match body {
        Either::Left(note) => note.id,
        Either::Right(note) => note.id,
    })
}

async fn octets(body: Bytes, _state: Data<u8>) -> Vec<u8> {
    body.to_vec()
}

async fn length(header: Header<actix_web::http::header::ContentLength>) -> String {
    header.into_inner().to_string()
}

async fn hidden() -> impl Responder {
    HttpResponse::Ok()
}

#[delete("/{id}")]
async fn below(id: Path<u64>) -> HttpResponse {
    HttpResponse::Ok().json(*id)
}

const V2: &str = "/v2";

fn configure(config: &mut ServiceConfig) {
    config.service(web::scope("/notes").service(below).route("", web::get().to(search)));
    config
        .service(
            web::resource("/guarded/deleted")
                .guard(guard::fn_guard(|_| true))
                .route(web::route().guard(guard::All(guard::Delete()).and(guard::Header("x-sure", "yes"))).to(form)),
        )
        .service(
            web::resource("/guarded")
                .guard(guard::Any(guard::Post()).or(guard::Put()))
                .route(web::route().guard(guard::Post()).to(form))
                .route(web::put().to(either)),
        );
    config.route("/octets", web::post().to(octets));
}

fn v2() -> actix_web::Scope {
    web::scope(V2).configure(configure).service(web::resource("/any").to(hidden)).default_service(web::to(hidden))
}

/// Serves it.
pub async fn run() -> std::io::Result<()> {
    HttpServer::new(|| {
        App::new()
            .service(by_attribute)
            .service(two_methods)
            .service(two_paths)
            .service((files, upload))
            .service(scoped::one)
            .service(scoped::gone)
            .service(v2())
            .route("/length", web::get().to(length))
            .service(web::resource(["/several", "/paths"]).route(web::get().to(hidden)))
    })
    .bind("127.0.0.1:0")?
    .run()
    .await
}
