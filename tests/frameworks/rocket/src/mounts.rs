//! Lists of handlers on their way to a mount: loops, folds, tables, fairings, conversions; and what a route fixes.

#![allow(clippy::borrow_interior_mutable_const, clippy::declare_interior_mutable_const, clippy::type_complexity)]

use crate::Note;
use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::form::{Form, FromForm};
use rocket::http::uri::Origin;
use rocket::http::Status;
use rocket::response::status::Custom;
use rocket::serde::json::Json;
use rocket::{get, post, routes, uri, Build, Rocket, Route};

const VERSIONS: [&str; 2] = ["/v1", "/v2"];
const DOCS: Origin<'static> = uri!("/docs");
const PARTS: &[(&str, fn() -> Vec<Route>)] = &[("/part", part), ("/other", other)];

#[derive(FromForm)]
pub struct Login {
    #[field(validate = len(3..))]
    name: String,
    #[field(validate = range(..=9))]
    tries: u8,
}

#[get("/looped")]
fn looped() -> (Status, Json<Note>) {
    (Status::Accepted, Json(Note { id: 1, text: None }))
}

#[get("/part?lang=en", format = "json")]
fn english() -> Custom<Json<Note>> {
    Custom(Status::Gone, Json(Note { id: 1, text: None }))
}

#[get("/part?lang=de")]
fn german() -> &'static str {
    "teil"
}

#[post("/login", data = "<login>")]
fn login(login: Form<Login>) -> String {
    format!("{}{}", login.name, login.tries)
}

#[get("/staged")]
fn staged() -> Status {
    Status::NoContent
}

#[get("/unlisted")]
pub fn unlisted() {}

fn part() -> Vec<Route> {
    routes![english, german]
}

fn other() -> Vec<Route> {
    routes![login].into_iter().chain(routes![staged]).collect()
}

fn staging() -> AdHoc {
    AdHoc::on_ignite("staging", |rocket| async {
        use crate::mounts::staged as first;
        rocket.mount("/stage", routes![first])
    })
}

struct Own {
    base: &'static str,
}

#[rocket::async_trait]
impl Fairing for Own {
    fn info(&self) -> Info {
        Info { name: "own", kind: Kind::Ignite }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> rocket::fairing::Result {
        Ok(rocket.mount(self.base, routes![looped]))
    }
}

struct Pages;

impl From<Pages> for Vec<Route> {
    fn from(_: Pages) -> Self {
        routes![german]
    }
}

/// Builds it.
pub fn build() -> Rocket<Build> {
    let mut rocket = rocket::build().attach(staging()).attach(Own { base: "/own" });
    for version in VERSIONS {
        rocket = rocket.mount(format!("{version}/x"), routes![looped]);
    }
    let rocket = PARTS.iter().fold(rocket, |rocket, (base, routes)| rocket.mount(*base, routes()));
    rocket.mount(DOCS, [routes![looped], part()].concat()).mount("/pages", Pages)
}
