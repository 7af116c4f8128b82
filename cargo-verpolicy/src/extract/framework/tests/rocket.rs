use super::check;

#[test]
fn names_bind_to_arguments() {
    check(
        &["rocket"],
        r#"
        #[macro_use] extern crate rocket;
        use rocket::{State, serde::json::Json, form::{Form, FromForm}, http::Status};
        #[derive(FromForm)] struct Filter { size: u32, name: Option<String> }
        #[derive(serde::Serialize, serde::Deserialize)] struct User { name: String }
        pub struct Admin;
        #[get("/users/<id>/<rest..>?<page>&<deep>&<f..>&kind=a", rank = 2)]
        fn find(id: u64, rest: std::path::PathBuf, page: Option<u32>, deep: bool, f: Filter, db: &State<u8>) -> Option<Json<User>> { todo!() }
        #[post("/users", format = "json", data = "<body>")]
        fn create(body: Json<User>, admin: Admin) -> rocket::response::status::Created<Json<User>> { todo!() }
        #[rocket::route(PUT, uri = "/r/<_>", data = "<f>")]
        fn put(f: Form<User>) -> (Status, Json<User>) { todo!() }
        mod sub { pub fn routes() -> Vec<rocket::Route> { routes![list] } #[get("/")] fn list() -> String { todo!() } }
        #[launch]
        fn rocket() -> _ { rocket::build().mount("/api", routes![find, create]).mount("/", routes![put]).mount("/sub", sub::routes()) }
        "#,
        &[
            "GET /api/users/{id}/{*rest} path(id: number, rest: string) \
             query(page?: number, deep?: bool, size: number, name?: string, kind: string) 200(application/json {name}) 404",
            "GET /sub 200(text/plain string)",
            "POST /api/users body(application/json {name}) unknown(app::Admin) 201(application/json {name})",
            "PUT /r/{_} path(_: string) body(application/x-www-form-urlencoded {name}) success(application/json {name})",
        ],
    );
}
