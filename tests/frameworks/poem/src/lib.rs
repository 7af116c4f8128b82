//! Every shape of a poem server: `Route::at`, `nest`, and poem-openapi's operations, types, answers.

use poem::web::{Json, Path, Query};
use poem::{get, handler, put, Route};
use poem_openapi::param;
use poem_openapi::payload::{Attachment, Binary, PlainText};
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiRequest, ApiResponse, Enum, Multipart, NewType, Object, OpenApi, OpenApiService, Tags, Union};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub struct Plain {
    pub id: u64,
}

#[handler]
async fn sum(Path(id): Path<u64>, Query(plain): Query<Plain>) -> Json<Plain> {
    Json(Plain { id: id + plain.id })
}

#[handler]
async fn store(Json(plain): Json<Plain>) -> String {
    plain.id.to_string()
}

#[derive(Tags)]
enum Section {
    Notes,
}

#[derive(Object)]
#[oai(rename_all = "camelCase")]
pub struct Note {
    pub note_id: u64,
    #[oai(validator(max_length = 80))]
    pub text: Option<String>,
    #[oai(default)]
    pub done: bool,
    #[oai(skip)]
    pub inner: u8,
}

#[derive(Enum)]
#[oai(rename_all = "kebab-case")]
pub enum Kind {
    VeryLong,
    Short,
}

#[derive(Object)]
pub struct Circle {
    pub radius: f64,
}

#[derive(Object)]
pub struct Square {
    pub side: f64,
}

#[derive(Union)]
#[oai(discriminator_name = "kind")]
pub enum Figure {
    Circle(Circle),
    Square(Square),
}

#[derive(NewType)]
pub struct Name(String);

#[derive(Multipart)]
pub struct Parts {
    pub name: String,
    pub file: Upload,
}

#[derive(ApiRequest)]
pub enum Add {
    Json(poem_openapi::payload::Json<Note>),
    Text(PlainText<String>),
}

#[derive(ApiResponse)]
pub enum Found {
    #[oai(status = 200)]
    Note(poem_openapi::payload::Json<Note>),
    #[oai(status = 404)]
    Nothing(PlainText<String>),
}

struct Api;

#[OpenApi(prefix_path = "/notes", tag = "Section::Notes")]
impl Api {
    #[oai(path = "/:id", method = "get")]
    async fn find(&self, id: param::Path<u64>, verbose: param::Query<Option<bool>>) -> Found {
        if verbose.0.is_none() {
            return Found::Nothing(PlainText(String::new()));
        }
        Found::Note(poem_openapi::payload::Json(Note { note_id: id.0, text: None, done: false, inner: 0 }))
    }

    #[oai(path = "/", method = "post", deprecated)]
    async fn add(&self, body: Add, #[oai(name = "x-key")] key: param::Header<String>) -> PlainText<String> {
        let _ = body;
        PlainText(key.0)
    }

    #[oai(path = "/", method = "put", hidden)]
    async fn parts(&self, parts: Parts, session: param::Cookie<Option<String>>) -> Binary<Vec<u8>> {
        let _ = (parts.file, session.0);
        Binary(parts.name.into_bytes())
    }

    #[oai(path = "/figures", method = "post")]
    async fn figure(
        &self,
        figure: poem_openapi::payload::Json<Figure>,
        kind: param::Query<Kind>,
    ) -> Attachment<Vec<u8>> {
        let _ = (figure, kind.0);
        Attachment::new(Vec::new())
    }

    #[oai(path = "/names", method = "post")]
    async fn name(&self, name: poem_openapi::payload::Json<Name>) -> PlainText<String> {
        PlainText(name.0 .0)
    }
}

/// An API over any store.
#[derive(Default)]
pub struct Admin<S> {
    store: S,
}

#[OpenApi(prefix_path = "/admin")]
impl<S: Send + Sync + 'static> Admin<S> {
    #[oai(path = "/reindex", method = "post")]
    async fn reindex(&self) -> PlainText<String> {
        let _ = &self.store;
        PlainText(String::new())
    }
}

struct Counted(u64);

#[OpenApi]
impl Counted {
    #[oai(path = "/count", method = "get")]
    async fn count(&self) -> PlainText<String> {
        PlainText(self.0.to_string())
    }
}

fn others() -> impl OpenApi {
    (Admin::<u8>::default(), Counted(1))
}

/// It answers by itself.
struct Mirror;

impl poem::Endpoint for Mirror {
    type Output = String;

    async fn call(&self, request: poem::Request) -> poem::Result<String> {
        Ok(request.uri().path().to_owned())
    }
}

/// Everything.
pub fn app() -> Route {
    let service = OpenApiService::new((Api, others()), "notes", "1.0");
    let document = service.spec_endpoint();
    let yaml = service.spec_endpoint_yaml();
    let inner = Route::new().at("/plain/:id", get(sum)).at("/store", put(store));
    let whole = Route::new().at("/whole/plain/:id", get(sum));
    Route::new()
        .nest("/api", service)
        .nest("/document", document)
        .at("/document.yaml", yaml)
        .nest("/by-hand", inner)
        .nest_no_strip("/whole", whole)
        .at("/mirror", Mirror)
        .nest("/mirrors", Mirror)
}
