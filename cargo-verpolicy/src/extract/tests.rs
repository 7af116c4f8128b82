//! Endpoint sets of small packages in memory: marks, what they cover, and how they join what frameworks found.

use super::*;
use crate::model::{Endpoint, EndpointContent, Stability, Status};
use crate::tree::MemoryTree;

const MANIFEST: &str = "[package]\nname = \"my\"\nversion = \"1.2.0\"\nedition = \"2021\"\n[dependencies]\n\
                        axum = \"0.8\"\nactix-web = \"4\"\nserde = \"1\"\nversioning-macros = \"0.1\"\n";

fn extract(files: &[(&str, &str)], options: &Options) -> Extracted {
    let manifest = [("Cargo.toml", MANIFEST)];
    let files = manifest.iter().chain(files);
    let tree = MemoryTree::of(files.map(|(path, text)| (*path, text.as_bytes())));
    let workspace = crate::package::read_workspace(&tree, "").expect("a workspace");
    endpoint_sets(&tree, &workspace, &FactsStore::default(), None, options)
}

fn set(lib: &str) -> EndpointSet {
    let extracted = extract(&[("src/lib.rs", lib)], &Options::default());
    assert_eq!(extracted.mark_errors, []);
    assert_eq!(extracted.sets.len(), 1);
    extracted.sets.into_iter().next().expect("one set")
}

/// One line an endpoint: kind, id, marked, since, deprecated, removed, section.
fn lines(set: &EndpointSet) -> Vec<String> {
    let line = |endpoint: &Endpoint| {
        let mut out = format!("{} {}", endpoint.kind().word(), endpoint.id());
        let steps = [
            ("since", &endpoint.lifetime.since),
            ("deprecated", &endpoint.lifetime.deprecated),
            ("removed", &endpoint.lifetime.removed),
        ];
        if !endpoint.marked {
            out.push_str(" unmarked");
        }
        for (word, step) in steps {
            if let Some(step) = step {
                out.push_str(&format!(" {word}={}", step.version));
            }
        }
        if let Stability::Unstable { feature } = &endpoint.stability {
            out.push_str(&format!(" unstable={}", feature.as_deref().unwrap_or("")));
        }
        if let Some(section) = &endpoint.section {
            out.push_str(&format!(" section={section}"));
        }
        out
    };
    set.endpoints.iter().map(line).collect()
}

fn spots(set: &EndpointSet) -> Vec<&'static str> {
    set.blind_spots.iter().map(|spot| spot.kind.word()).collect()
}

#[test]
fn handlers_with_a_framework_attribute() {
    let set = set("
        use actix_web::{get, post, web, HttpResponse};
        use versioning_macros::api;
        #[api(since = \"1.0.0\", deprecated(since = \"1.1.0\", note = \"old\"), removed = \"2.0\")]
        #[get(\"/a\")] async fn a() -> HttpResponse { todo!() }
        #[post(\"/b\")] async fn b() -> HttpResponse { todo!() }
        #[get(\"/c\")] #[api(unstable(feature = \"c\"))] async fn c() -> HttpResponse { todo!() }
        #[get(\"/d\")] #[deprecated(since = \"1.1\")] async fn d() -> HttpResponse { todo!() }
        #[get(\"/e\")] #[cfg_attr(feature = \"marks\", api(since = \"1.0\"))] async fn e() -> HttpResponse { todo!() }
        #[get(\"/f\")] #[other::api(since = \"1.0\")] async fn f() -> HttpResponse { todo!() }
    ");
    let found: Vec<String> = lines(&set).iter().map(|line| line.replace("{?}", "")).collect();
    assert_eq!(
        found,
        [
            "http GET /a since=1.0.0 deprecated=1.1.0 removed=2.0",
            "http POST /b unmarked",
            "http GET /c unstable=c",
            "http GET /d unmarked deprecated=1.1",
            "http GET /e since=1.0",
            "http GET /f unmarked",
        ]
    );
}

#[test]
fn routes_that_marks_state() {
    let set = set("
        use axum::{Json, extract::{Path, Query}};
        use versioning_macros::api;
        #[derive(serde::Deserialize, serde::Serialize)] pub struct User { id: u64 }
        #[api(GET \"/users/{id}\", since = \"1.0\")] pub async fn find(Path(id): Path<u64>) -> Json<User> { todo!() }
        #[api(GET | HEAD \"/two\", since = \"1.1\")] pub async fn two() {}
        #[api(GET \"/x\", since = \"1.0\")]
        #[api(GET \"/v1/x\", since = \"0.9\", deprecated(since = \"1.0\"))]
        pub async fn several() {}
        #[api(since = \"1.0\")] pub async fn lost(Path(id): Path<u64>) -> Json<User> { todo!() }
        #[api(POST \"/r\", since = \"1.0\", request = User, responses(201 = User, 204))] pub async fn stated() {}
    ");
    assert_eq!(
        lines(&set),
        [
            "http POST /r since=1.0",
            "http GET /two since=1.1",
            "http HEAD /two since=1.1",
            "http GET /users/{id} since=1.0",
            "http GET /v1/x since=0.9 deprecated=1.0",
            "http GET /x since=1.0",
        ]
    );
    assert_eq!(spots(&set), ["unknown-route"]);
    let http = |id: &str| match set.endpoints.iter().find(|e| e.id() == id).map(|e| &e.content) {
        Some(EndpointContent::Http(http)) => http.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(http("GET /users/{id}").parameters.len(), 1);
    let stated = http("POST /r");
    assert!(stated.request.is_some_and(|body| body.required));
    let answers: Vec<(Status, usize)> = stated.responses.iter().map(|r| (r.status, r.media.len())).collect();
    assert_eq!(answers, [(Status::Code(201), 1), (Status::Code(204), 0)]);
}

#[test]
fn a_route_in_the_mark_and_in_the_attribute() {
    let set = set("
        use actix_web::{get, HttpResponse};
        use versioning_macros::api;
        #[get(\"/users/{id}\")] #[api(GET \"/users/{user}\", since = \"1.0\")] async fn agrees() -> HttpResponse { todo!() }
        #[get(\"/same\")] #[api(POST \"/other\", since = \"1.0\")] async fn disagrees() -> HttpResponse { todo!() }
    ");
    assert_eq!(
        lines(&set),
        ["http POST /other since=1.0", "http GET /same unmarked", "http GET /users/{id} since=1.0"]
    );
    assert!(spots(&set).contains(&"route-differs"));
}

#[test]
fn items_messages_and_configuration() {
    let set = set("
        use versioning_macros::api;
        #[api(since = \"1.0\")] pub fn plain(a: u8, b: Option<Kept>) -> Result<(), Kept> { todo!() }
        #[api(since = \"1.0\")] pub struct Kept { pub x: u8, #[api(since = \"1.2\")] pub y: std::string::String, z: u8 }
        #[api(since = \"1.0\")] pub enum E { A, #[api(since = \"1.1\")] B(u8) }
        #[api(message, since = \"1.0\")] #[derive(serde::Serialize, serde::Deserialize)] pub struct Event { pub id: u64 }
        #[api(config, since = \"1.0\")] #[derive(serde::Deserialize)] pub struct Config { pub port: u16 }
        #[api(item, since = \"1.0\", edition = \"6\")] pub const LIMIT: usize = 3;
        #[api(since = \"1.0\")] impl Kept {
            pub fn covered(&self) -> Self { todo!() }
            #[api(since = \"1.1\")] pub fn own(self) {}
            fn private(&self) {}
        }
        #[api(section = \"only\")] impl E { pub fn not_promised(&self) {} #[api(since = \"1.3\")] pub fn promised(&self) {} }
        #[api(since = \"1.0\")] pub trait T: Send { fn b(&self); fn a(&self, x: u8) -> u8 { x } }
        #[api(since = \"1.0\")] pub use self::inner::Deep as Shallow;
        #[api(section = \"inside\")] pub mod inner { use versioning_macros::api; #[api(since = \"1.0\")] pub struct Deep; }
    ");
    assert_eq!(
        lines(&set),
        [
            "item my::E since=1.0",
            "item my::E::B since=1.1",
            "item my::E::promised since=1.3 section=only",
            "item my::Kept since=1.0",
            "item my::Kept::covered since=1.0",
            "item my::Kept::own since=1.1",
            "item my::Kept::y since=1.2",
            "item my::LIMIT@6 since=1.0",
            "item my::Shallow since=1.0",
            "item my::T since=1.0",
            "item my::inner::Deep since=1.0 section=inside",
            "item my::plain since=1.0",
            "message my::Event since=1.0",
            "config my::Config since=1.0",
        ]
    );
    let text = |id: &str| match set.endpoints.iter().find(|e| e.id() == id).map(|e| &e.content) {
        Some(EndpointContent::Item(signature)) => signature.text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text("my::plain"), "fn(u8, std::option::Option<my::Kept>) -> std::result::Result<(), my::Kept>");
    assert_eq!(text("my::Kept"), "struct { x: u8, y: std::string::String, .. }");
    assert_eq!(text("my::E"), "enum { A, B(u8) }");
    assert_eq!(text("my::Kept::covered"), "fn(self: &my::Kept) -> my::Kept");
    assert_eq!(text("my::T"), "trait: std::marker::Send { b fn(self: &Self); provided a fn(self: &Self, u8) -> u8 }");
    assert_eq!(text("my::Shallow"), "struct");
}

#[test]
fn mistakes_in_marks_are_errors() {
    let files = [(
        "src/lib.rs",
        "use versioning_macros::api;\n#[api(since = \"1.0\", novel = 3)] pub fn f() {}\n#[api(since = \"one\")] pub fn g() {}",
    )];
    let errors = extract(&files, &Options::default()).mark_errors;
    let found: Vec<(u32, bool)> = errors.iter().map(|e| (e.place.line, e.unknown_key)).collect();
    assert_eq!(found, [(2, true), (3, false)], "{errors:?}");
}

#[test]
fn sections_from_the_configuration() {
    let mut options = Options::default();
    options.sections.insert("client".to_owned(), vec!["crate::client".to_owned(), "/c/**".to_owned()]);
    let lib = "
        use versioning_macros::api;
        pub mod client { use versioning_macros::api; #[api(since = \"1.0\")] pub struct A; }
        #[api(GET \"/c/x\", since = \"1.0\")] pub async fn by_route() {}
        #[api(GET \"/d\", since = \"1.0\", section = \"own\")] pub async fn own() {}
    ";
    let sets = extract(&[("src/lib.rs", lib)], &options).sets;
    assert_eq!(
        lines(sets.first().expect("one set")),
        [
            "http GET /c/x since=1.0 section=client",
            "http GET /d since=1.0 section=own",
            "item my::client::A since=1.0 section=client",
        ]
    );
}

#[test]
fn a_type_that_depends_on_a_condition_is_said() {
    let set = set("
        use axum::Json; use versioning_macros::api;
        #[cfg(unix)] #[derive(serde::Serialize)] pub struct S { a: u8 }
        #[cfg(not(unix))] #[derive(serde::Serialize)] pub struct S { b: u8 }
        #[cfg(unix)] pub struct Unasked; #[cfg(not(unix))] pub struct Unasked;
        #[api(GET \"/s\", since = \"1.0\")] pub async fn s() -> Json<S> { todo!() }
    ");
    assert_eq!(spots(&set), ["unresolved-name"], "{:?}", set.blind_spots);
}

/// A file that a library and a binary both read holds one endpoint, not two.
#[test]
fn a_file_shared_by_two_targets_counts_once() {
    let api = "use versioning_macros::api; #[api(GET \"/x\", since = \"1.0\")] pub async fn x() {} unknown!(a => b);";
    let files = [
        ("src/lib.rs", "pub mod api;"),
        ("src/main.rs", "mod api;"),
        ("src/bin/tool.rs", "#[path = \"../api.rs\"] mod api;"),
        ("src/api.rs", api),
    ];
    let sets = extract(&files, &Options::default()).sets;
    let set = sets.first().expect("one set");
    assert_eq!(lines(set), ["http GET /x since=1.0"]);
    assert_eq!(spots(set), ["unexpanded-macro"]);
    assert_eq!(set.version.as_deref(), Some("1.2.0"));
}

#[test]
fn open_marks_open_the_enums_of_their_answers_only() {
    let set = set("
        use axum::Json; use versioning_macros::api;
        #[derive(serde::Serialize)] pub enum E { A, B }
        #[derive(serde::Serialize)] pub struct S { e: E, again: Option<Box<S>> }
        #[api(GET \"/open\", since = \"1.0\", open)] pub async fn open() -> Json<S> { todo!() }
        #[api(GET \"/shut\", since = \"1.0\")] pub async fn shut() -> Json<S> { todo!() }
    ");
    let opens = |id: &str| {
        let Some(EndpointContent::Http(http)) = set.endpoints.iter().find(|e| e.id() == id).map(|e| &e.content) else {
            panic!("no {id}");
        };
        let shape = http.responses.iter().flat_map(|r| &r.media).map(|m| m.shape).next().expect("a body");
        let crate::model::Shape::Object(object) = &set.shapes.get(shape).shape else { panic!("no object") };
        let field = object.fields.iter().find(|f| f.names.wire == "e").expect("e");
        match &set.shapes.get(field.shape).shape {
            crate::model::Shape::Enum(shape) => shape.open,
            other => panic!("{other:?}"),
        }
    };
    assert!(opens("GET /open"));
    assert!(!opens("GET /shut"));
}

/// An attribute macro of which nothing is known may serve a handler, or make another type of one that travels.
#[test]
fn unknown_attribute_macros() {
    let lib = "
        use actix_web::{get, web};
        use wraps::served;
        #[my_routes::path(\"/a\")] pub async fn a(body: web::Json<Body>) {}
        #[served] pub async fn b(body: web::Json<Body>) {}
        #[served] pub async fn helper(n: u8) {}
        #[tracing::instrument] #[allow(unused)] pub async fn c(body: web::Json<Body>) {}
        #[served] #[get(\"/d\")] pub async fn d(body: web::Json<Body>) {}
        #[my_routes::scoped] mod inner { pub async fn e(body: actix_web::web::Json<u8>) {} }
        pub struct T;
        #[my_routes::table] impl T { pub async fn f(body: web::Json<Body>) {} }
        #[derive(serde::Deserialize)] #[validate(all)] #[serde(rename_all = \"camelCase\")] #[wraps::shape]
        pub struct Body { one: u8 }
        #[wraps::shape] pub struct Unreached { one: u8 }
    ";
    let places = |options: &Options| -> Vec<String> {
        let extracted = extract(&[("src/lib.rs", lib)], options);
        let spots = extracted.sets.iter().flat_map(|set| &set.blind_spots);
        let spots = spots.filter(|spot| spot.detail.contains("makes of it is not known"));
        let line = |spot: &crate::model::BlindSpot| {
            let place = spot.place.as_ref().map_or(0, |place| place.line);
            let name = spot.detail.split("macros]` `\"").nth(1).and_then(|rest| rest.split('"').next());
            format!("{} {place} {}", spot.kind.word(), name.unwrap_or_default())
        };
        spots.map(line).collect()
    };
    let mut options = Options::default();
    assert_eq!(
        places(&options),
        [
            "unexpanded-macro 4 my_routes::path",
            "unexpanded-macro 5 wraps::served",
            "unexpanded-macro 9 my_routes::scoped",
            "unexpanded-macro 11 my_routes::table",
            "opaque 12 wraps::shape",
        ]
    );
    for name in ["wraps::served", "wraps::shape", "my_routes::scoped"] {
        options.macros.insert(name.to_owned(), MacroReading::Nothing);
    }
    options.macros.insert("my_routes::path".to_owned(), MacroReading::As("actix_web::get".to_owned()));
    assert_eq!(places(&options), ["unexpanded-macro 11 my_routes::table"]);
}
