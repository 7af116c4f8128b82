//! Modules of the project's own that configure: traits, closures over them, handlers inside wrappers, types that build
//! their scope.

use super::Note;
use actix_web::dev::HttpServiceFactory;
use actix_web::web::{self, Json, Query, ServiceConfig};
use actix_web::{App, FromRequest, Handler, HttpResponse, HttpServer, Resource, Route, Scope};
use std::future::Future;
use std::pin::Pin;

/// Runs one request after the other.
#[derive(Clone)]
pub struct InTurn<H>(pub H);

impl<H, T> Handler<T> for InTurn<H>
where
    H: Handler<T>,
    T: FromRequest + 'static,
{
    type Output = H::Output;
    type Future = Pin<Box<dyn Future<Output = H::Output>>>;

    fn call(&self, args: T) -> Self::Future {
        Box::pin(self.0.call(args))
    }
}

trait Module {
    fn configure(&self, config: &mut ServiceConfig);
}

struct Users;

impl Module for Users {
    fn configure(&self, config: &mut ServiceConfig) {
        config.service(web::resource("/users").route(web::get().to(one)).route(web::post().to(InTurn(add))));
    }
}

struct Reports;

impl Module for Reports {
    fn configure(&self, config: &mut ServiceConfig) {
        config.service(web::scope("/reports").route("/daily", web::get().to(one)));
    }
}

fn modules() -> Vec<Box<dyn Module>> {
    vec![Box::new(Users), Box::new(Reports)]
}

async fn one() -> HttpResponse {
    HttpResponse::Ok().finish()
}

async fn add(note: Json<Note>) -> Json<Note> {
    note
}

async fn search(search: Query<super::Search>) -> Json<String> {
    Json(search.text.clone())
}

/// Orders.
pub struct Orders;

impl Orders {
    /// Their scope.
    pub fn server(archive: bool) -> Scope {
        let mut route = web::scope("/orders");
        #[cfg(feature = "export")]
        {
            route = route.service(web::resource("/export").route(web::get().to(one)));
        }
        if archive {
            route = route.service(web::resource("/archive").route(web::get().to(one)));
        }
        route.service(web::resource("/{id}").route(web::get().to(one)))
    }
}

/// Payments: one way or the other.
pub struct Payments;

#[cfg(feature = "second")]
impl Payments {
    /// Their scope.
    pub fn server() -> Scope {
        web::scope("/payments").service(web::resource("/intent").route(web::post().to(one)))
    }
}

#[cfg(not(feature = "second"))]
impl Payments {
    /// Their scope.
    pub fn server() -> Scope {
        web::scope("/payments").service(web::resource("/list").route(web::get().to(one)))
    }
}

fn shown() -> Route {
    web::get().to(|wanted: Query<super::Search>| search(wanted))
}

fn many() -> [(&'static str, Route); 2] {
    [("/first", shown()), ("/second", web::put().to(one))]
}

fn tables() -> Vec<Resource> {
    vec![web::resource("/table-a").route(web::get().to(one)), web::resource("/table-b").route(web::delete().to(one))]
}

fn pair() -> impl HttpServiceFactory {
    (web::resource("/left").route(web::get().to(one)), web::resource("/right").route(web::get().to(one)))
}

macro_rules! settings {
    ($($path:literal, $verb:ident, $ty:ty, $name:ident);* $(;)?) => {
        $(
            /// One setting.
            pub mod $name {
                use super::InTurn;
                use actix_web::web::{self, Json};
                use actix_web::{HttpResponse, Resource};

                async fn shown() -> HttpResponse {
                    HttpResponse::Ok().finish()
                }

                async fn changed(value: Json<$ty>) -> Json<$ty> {
                    value
                }

                /// Its routes.
                pub fn resource() -> Resource {
                    Resource::new($path)
                        .route(web::get().to(InTurn(shown)))
                        .route(web::$verb().to(InTurn(changed)))
                        .route(web::delete().to(InTurn(shown)))
                }
            }
        )*

        fn settings(config: &mut ServiceConfig) {
            config $(.service($name::resource()))*;
        }
    };
}

settings! {
    "/synonyms", put, Vec<String>, synonyms;
    "/distinct", patch, String, distinct;
}

/// Serves it.
pub async fn run(archive: bool) -> std::io::Result<()> {
    let make = move || {
        let app = App::new().configure(|config| modules().iter().for_each(|module| module.configure(config)));
        app.service(Orders::server(archive))
            .service(Payments::server())
            .service(web::redirect("/old", "/new"))
            .service(web::scope("/tables").configure(|config| {
                for table in tables() {
                    config.service(table);
                }
                many().into_iter().for_each(|(path, route)| {
                    config.route(path, route);
                });
            }))
            .service(pair())
            .service(web::scope("/settings").configure(settings))
    };
    HttpServer::new(make).bind("127.0.0.1:0")?.run().await
}

/// What every mode of the server is run by; each says only what it serves.
pub trait Mode {
    /// Its routes.
    fn configure_routes(config: &mut ServiceConfig)
    where
        Self: Sized;

    /// Serves them.
    fn start(&self) -> std::io::Result<actix_web::dev::Server>
    where
        Self: Sized,
    {
        let make = move || App::new().configure(|config| Self::configure_routes(config));
        Ok(HttpServer::new(make).bind("127.0.0.1:0")?.run())
    }
}

/// It takes in.
pub struct Ingest;

impl Mode for Ingest {
    fn configure_routes(config: &mut ServiceConfig) {
        config.service(web::scope("/mode").route("/ingest", web::post().to(answered)));
        config.service(web::resource(["/slashed", "/slashed/"]).route(web::get().to(answered)));
    }
}

async fn answered() -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok().finish()
}
