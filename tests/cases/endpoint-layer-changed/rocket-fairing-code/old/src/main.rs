use rocket::fairing::{Fairing, Info, Kind};
use rocket::serde::json::Json;
use rocket::{Data, Request, get, launch, routes};
use versioning_macros::api;

struct Rewrite;

#[rocket::async_trait]
impl Fairing for Rewrite {
    fn info(&self) -> Info {
        Info { name: "rewrite", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        request.set_uri(rocket::uri!("/a"));
    }
}

#[get("/pets")]
#[api(since = "1.0")]
fn list_pets() -> Json<u8> {
    Json(1)
}

#[launch]
fn rocket() -> _ {
    rocket::build().attach(Rewrite).mount("/", routes![list_pets])
}
