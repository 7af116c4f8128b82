use super::*;

const T: Namespace = Namespace::Type;
const V: Namespace = Namespace::Value;

fn check(files: &[(&str, &str)], cases: &[(&str, &str, Namespace, &str)]) {
    let crates = load(files);
    for (at, path, namespace, expected) in cases {
        assert_eq!(names(&crates, at, path, *namespace), *expected, "`{path}` in {at}");
    }
}

#[test]
fn paths_of_every_kind() {
    let lib = "
        use std::collections::HashMap as Map;
        pub mod a {
            pub struct S;
            pub struct Open { pub x: u8 }
            pub enum E { One, Two(u8) }
            pub mod deep { pub use super::super::root as renamed; pub fn f() {} }
            impl S { pub const LIMIT: u8 = 1; }
            pub type Alias = E;
        }
        pub mod variants { use crate::a::E::*; use crate::a::E::Two as Second; }
        pub fn root() {}
        pub use a::S as Renamed;
        pub use self::a::deep::{self, f as g};
        use dep::inner::{Thing, Json};
        extern crate dep as other;
    ";
    let dep = "pub mod inner { pub struct Thing; pub use axum::Json; }";
    check(
        &[("src/lib.rs", lib), ("dep/src/lib.rs", dep)],
        &[
            ("my", "a::S", T, "my::a::S"),
            ("my", "a::S", V, "my::a::S"),
            ("my", "a::Open", T, "my::a::Open"),
            ("my", "a::Open", V, "?"),
            ("my", "Renamed", T, "my::a::S"),
            ("my", "deep::renamed", V, "my::root"),
            ("my", "g", V, "my::a::deep::f"),
            ("my::a", "E::One", V, "my::a::E.One"),
            ("my::a", "Alias::One", V, "my::a::E.One"),
            ("my::a", "S::LIMIT", V, "my::a::S.LIMIT"),
            ("my::a", "super::root", V, "my::root"),
            ("my::a::deep", "super::super::root", V, "my::root"),
            ("my::a", "self::deep::f", V, "my::a::deep::f"),
            ("my::a", "crate::a::deep", T, "mod my::a::deep"),
            ("my::a", "root", V, "?"),
            ("my::variants", "Two", V, "my::a::E.Two"),
            ("my::variants", "Second", V, "my::a::E.Two"),
            ("my", "Thing", T, "dep::inner::Thing"),
            ("my", "other::inner::Thing", T, "dep::inner::Thing"),
            ("my", "::dep::inner::Thing", T, "dep::inner::Thing"),
            ("my", "Json", T, "::axum::Json"),
            ("my", "dep::inner::Json", T, "::axum::Json"),
            ("my", "Map", T, "::std::collections::HashMap"),
            ("my::a", "Map", T, "?"),
            ("my::a", "u8", T, "primitive u8"),
            ("my::a", "Option", T, "::std::option::Option"),
            ("my::a", "Some", V, "::std::option::Option::Some"),
            ("my::a", "core::option::Option", T, "::std::option::Option"),
            ("my::a", "std::collections::hash_map::HashMap", T, "::std::collections::HashMap"),
            ("my::a", "actix_web::web::Json", T, "::actix_web::web::Json"),
            ("my::a", "verp::api", Namespace::Macro, "::versioning_macros::api"),
        ],
    );
}

#[test]
fn globs() {
    let lib = "
        pub mod a { pub struct Both; pub struct OnlyA; struct Hidden; pub(crate) struct Near; pub use super::b::*; }
        pub mod b { pub struct Both2; pub use super::a::*; pub use super::c::*; }
        pub mod c { pub struct Deep; pub use super::b::*; }
        pub mod explicit { use super::a::*; pub struct OnlyA; }
        pub mod child { pub use super::*; pub mod in_child { use super::*; } }
        pub mod web { use actix_web::web::*; use actix_web::{get, HttpResponse}; }
        pub mod two { use actix_web::web::*; use axum::extract::*; }
        pub mod shadow { use super::named::*; }
        pub mod named { pub struct Option; pub struct Vec; }
        struct Private;
    ";
    check(
        &[("src/lib.rs", lib)],
        &[
            ("my::a", "Deep", T, "my::c::Deep"),
            ("my::b", "OnlyA", T, "my::a::OnlyA"),
            ("my::c", "OnlyA", T, "my::a::OnlyA"),
            ("my::c", "Missing", T, "?"),
            ("my::b", "Hidden", T, "?"),
            ("my::b", "Near", T, "my::a::Near"),
            ("my::explicit", "OnlyA", T, "my::explicit::OnlyA"),
            ("my::child::in_child", "Private", T, "my::Private"),
            ("my::child::in_child", "a::OnlyA", T, "my::a::OnlyA"),
            ("my::web", "Json", T, "::actix_web::web::Json"),
            ("my::web", "Vec", T, "::std::vec::Vec"),
            ("my::web", "HttpResponse", T, "::actix_web::HttpResponse"),
            ("my::two", "Payload", T, "::actix_web::web::Payload"),
            ("my::two", "State", T, "::axum::extract::State"),
            ("my::two", "Whatever", T, "?"),
            ("my::shadow", "Option", T, "my::named::Option"),
        ],
    );
}

#[test]
fn imports_that_name_themselves() {
    let lib = "
        mod thing { pub struct thing; pub struct Other; }
        pub use thing::thing;
        pub mod m { use dep::dep; use axum::axum; use self::x::x; mod x { pub fn x() {} } }
        pub mod looped { pub use super::looped2::A; }
        pub mod looped2 { pub use super::looped::A; }
    ";
    check(
        &[("src/lib.rs", lib), ("dep/src/lib.rs", "pub struct dep;")],
        &[
            ("my", "thing", T, "mod my::thing"),
            ("my", "thing", V, "my::thing::thing"),
            ("my::m", "dep", V, "dep::dep"),
            ("my::m", "axum", Namespace::Macro, "::axum::axum"),
            ("my::m", "x", V, "my::m::x::x"),
            ("my::looped", "A", T, "?"),
        ],
    );
}

#[test]
fn the_import_of_a_macro_hides_no_crate_of_its_name() {
    let manifest = "[package]\nname = \"my\"\nversion = \"1.0.0\"\n[dependencies]\nversioning-macros = \"0.1\"\n\
                    api = { path = \"api\" }\n";
    let files = [
        ("Cargo.toml", manifest),
        ("src/lib.rs", "use versioning_macros::api; pub fn find() {}"),
        ("api/Cargo.toml", "[package]\nname = \"api\"\nversion = \"1.0.0\"\n"),
        ("api/src/lib.rs", "pub struct Order;"),
    ];
    let crates = load_tree(&files, &Options::default());
    assert_eq!(names(&crates, "my", "api", Namespace::Macro), "::versioning_macros::api");
    assert_eq!(names(&crates, "my", "api", T), "mod api");
    assert_eq!(names(&crates, "my", "api::Order", T), "api::Order");
    let manifest = "[package]\nname = \"my\"\nversion = \"1.0.0\"\n[dependencies]\ntracing = \"0.1\"\n\
                    error = { path = \"error\" }\n";
    let files = [
        ("Cargo.toml", manifest),
        ("src/lib.rs", "use error::Answer; use tracing::{error, info}; pub fn find() {}"),
        ("error/Cargo.toml", "[package]\nname = \"error\"\nversion = \"1.0.0\"\n"),
        ("error/src/lib.rs", "pub struct Answer;"),
    ];
    let crates = load_tree(&files, &Options::default());
    assert_eq!(names(&crates, "my", "Answer", T), "error::Answer");
    assert_eq!(names(&crates, "my", "error", Namespace::Macro), "::tracing::error");
}

#[test]
fn conditions_choose_between_alternatives() {
    let lib = "
        #[cfg(unix)] pub mod here { pub use super::unix::T; }
        #[cfg(windows)] pub mod there { pub use super::T; }
        #[cfg(unix)] pub use unix::T;
        #[cfg(not(unix))] pub use windows::T;
        pub mod unix { pub struct T; }
        pub mod windows { pub struct T; }
        #[cfg(not(unix))] pub mod elsewhere { use super::T; }
        #[cfg(test)] pub mod tests { pub struct Gone; }
    ";
    check(
        &[("src/lib.rs", lib)],
        &[
            ("my", "T", T, "my::unix::T"),
            ("my::here", "T", T, "my::unix::T"),
            ("my", "tests", T, "?"),
            ("my", "tests::Gone", T, "::tests::Gone"),
        ],
    );
}

#[test]
fn attributes_and_derives() {
    let lib = "
        #[macro_use] extern crate actix_web;
        use verp::api as mark;
        pub mod plain { pub fn f() {} }
        pub mod glob { use verp::*; use actix_web::*; }
        pub mod poem { use axum::api; }
        pub mod derives { use serde::Serialize as Ser; use serde_derive::Deserialize; use std::fmt::Debug; }
        #[macro_export] macro_rules! exported { () => {} }
        macro_rules! local { () => {} }
        pub mod below { }
    ";
    let crates = load(&[("src/lib.rs", lib)]);
    for (at, segments, expected) in [
        ("my", "mark", "versioning_macros::api"),
        ("my", "verp::api", "versioning_macros::api"),
        ("my::plain", "api", "api"),
        ("my::glob", "api", "versioning_macros::api"),
        ("my::glob", "get", "actix_web::get"),
        ("my::glob", "serde", "serde"),
        ("my::poem", "api", "axum::api"),
        ("my::plain", "get", "actix_web::get"),
        ("my::derives", "Ser", "serde::Serialize"),
        ("my::derives", "Debug", "Debug"),
        ("my::derives", "Clone", "Clone"),
        ("my::below", "exported", "my::exported"),
        ("my::below", "crate::exported", "my::exported"),
        ("my::below", "local", "my::local"),
    ] {
        let path: Vec<Name> = segments.split("::").map(Name::new).collect();
        assert_eq!(crates.macro_path(module(&crates, at), &path), expected, "`{segments}` in {at}");
    }
}

#[test]
fn binaries_see_their_library() {
    let crates = load(&[
        ("src/lib.rs", "pub mod api { pub struct User; }"),
        ("src/main.rs", "use my::api::User; mod cli;"),
        ("src/cli.rs", "use crate::User;"),
        ("src/bin/tool.rs", "use my::api as a;"),
    ]);
    let roots: Vec<&str> = crates.krates.iter().map(|k| k.name.as_str()).collect();
    assert_eq!(roots, ["dep", "my", "my", "tool"]);
    assert_eq!(names(&crates, "my::cli", "User", T), "my::api::User");
    assert_eq!(names(&crates, "tool", "a::User", T), "my::api::User");
}

/// A question over many globs that all lead to one another ends soon.
#[test]
fn a_thicket_of_globs_ends() {
    let mut lib = String::new();
    for i in 0..60 {
        lib.push_str(&format!("pub mod m{i} {{ "));
        for j in 0..60 {
            if i != j {
                lib.push_str(&format!("pub use super::m{j}::*; "));
            }
        }
        lib.push_str("}\n");
    }
    lib.push_str("pub mod last { pub struct Found; }\npub use m0::*;\n");
    let lib = lib.replace("pub mod m59 { ", "pub mod m59 { pub use super::last::*; ");
    let crates = load(&[("src/lib.rs", &lib)]);
    let began = std::time::Instant::now();
    assert_eq!(names(&crates, "my::m0", "Found", T), "my::last::Found");
    assert_eq!(names(&crates, "my::m0", "Missing", T), "?");
    assert!(began.elapsed().as_secs() < 20);
}
