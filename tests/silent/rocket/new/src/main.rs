mod notes;

#[rocket::launch]
fn launch() -> _ {
    rocket::build().mount("/v1", rocket::routes![notes::search, notes::find, notes::create])
}
