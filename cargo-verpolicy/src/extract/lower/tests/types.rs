//! Types: pointers, collections, foreign types, what is opaque.

use super::{both, check, crates, input, output, ty};
use crate::extract::lower::Lowering;
use crate::model::{Direction, Reader};
use std::collections::BTreeMap;

#[test]
fn what_the_wire_does_not_show() {
    both(&[
        ("#[d] struct T(u8);", "u8", "u8"),
        ("#[d] struct T(Box<Vec<std::sync::Arc<str>>>);", "[string]", "[string]"),
        ("#[d] struct T<'a>(std::borrow::Cow<'a, str>, &'a u8);", "(string, u8)", "(string, u8)"),
        ("#[d] struct T;", "null", "null"),
        ("#[d] struct T();", "()", "()"),
        ("#[d] struct T {}", "{}", "{}"),
        ("#[d] struct T(u8, u8);", "[u8; 2]", "[u8; 2]"),
        ("#[d] struct T(u8, #[s(default)] u8);", "(u8, u8?)", "[u8; 2]"),
        (
            "#[d] struct T { a: [u8; 2], b: (u8, u8), c: (u8, bool), d: [u8; N] } const N: usize = 3;",
            "{a: [u8; 2], b: [u8; 2], c: (u8, bool), d: [u8; 3]}",
            "{a: [u8; 2], b: [u8; 2], c: (u8, bool), d: [u8; 3]}",
        ),
        (
            "#[d] #[s(try_from = \"u8\", into = \"String\")] struct T { a: u8 } impl TryFrom<u8> for T {}",
            "code(u8)",
            "string",
        ),
        ("#[d] #[s(from = \"R\", into = \"R\")] struct T; #[d] struct R { a: u8 }", "{a: u8}", "{a: u8}"),
        (
            "#[d] struct T { next: Option<Box<T>>, all: Vec<T> }",
            "{next?: ^|null, all: [^]}",
            "{next: ^|null, all: [^]}",
        ),
        ("#[d] struct T(Vec<T>);", "[^]", "[^]"),
        (
            "#[d] struct T { c: std::cell::RefCell<u8>, m: std::sync::Mutex<Option<u8>> }",
            "{c: u8, m?: u8|null}",
            "{c: u8, m: u8|null}",
        ),
        (
            "#[d] struct T { #[s(with = \"D\")] a: other::D } #[d] #[s(remote = \"other::D\")] struct D { x: u8 }",
            "{a: {x: u8}}",
            "{a: {x: u8}}",
        ),
        (
            "mod m { pub fn serialize() {} pub fn deserialize() {} } #[d] struct T { #[s(with = \"m\")] a: u8 }",
            "{a: code(u8)}",
            "{a: code(u8)}",
        ),
    ]);
}

#[test]
fn foreign_types() {
    let cases = [
        ("uuid::Uuid", "uuid"),
        ("url::Url", "url"),
        ("std::net::IpAddr", "ip"),
        ("rust_decimal::Decimal", "decimal"),
        ("jiff::SignedDuration", "duration"),
        ("char", "char"),
        ("std::path::PathBuf", "string"),
        ("chrono::DateTime<chrono::Utc>", "date-time"),
        ("jiff::Timestamp", "date-time"),
        ("chrono::NaiveDateTime", "naive-date-time"),
        ("chrono::NaiveDate", "date"),
        ("jiff::Zoned", "zoned-date-time"),
        ("sea_orm::entity::prelude::DateTimeUtc", "date-time"),
        ("sea_orm::prelude::TimeDate", "(i32, u16)"),
        ("sqlx::types::chrono::NaiveTime", "time"),
        ("loco_rs::prelude::Uuid", "uuid"),
        ("Vec<u8>", "[u8]"),
        ("serde_bytes::ByteBuf", "[u8]|string"),
        ("bytes::Bytes", "[u8]|string"),
        ("HashSet<u8>", "[u8]"),
        ("chrono::TimeDelta", "(i64, i32)"),
        ("std::time::Duration", "{secs: u64, nanos: u32, !}"),
        ("std::time::SystemTime", "{secs_since_epoch: u64, nanos_since_epoch: u32, !}"),
        ("std::ops::Range<u8>", "{start: u8, end: u8, !}"),
        ("Result<u8, String>", "enum(Ok u8, Err string)"),
        ("()", "null"),
        ("std::marker::PhantomData<u8>", "null"),
        ("std::num::NonZeroU32", "1..=4294967295"),
        ("std::num::NonZero<u8>", "1..=255"),
        ("usize", "u64"),
        ("serde_json::Value", "any"),
        ("Box<serde_json::value::RawValue>", "any"),
        ("HashMap<u32, indexmap::IndexMap<String, bool>>", "map<u32, map<string, bool>>"),
        ("smallvec::SmallVec<[u8; 4]>", "[u8]"),
        ("Option<serde_json::Value>", "any"),
        ("Option<()>", "null"),
        ("poem_openapi::types::MaybeUndefined<u8>", "u8|null"),
        ("other::Thing", "opaque(other::Thing foreign)"),
        ("Missing", "opaque(Missing unresolved)"),
    ];
    let rows: Vec<_> = cases.iter().map(|(ty, expected)| ("", *ty, *expected)).collect();
    check(input, &rows);
    check(
        output,
        &[
            ("", "time::OffsetDateTime", "(i32, u16, u8, u8, u8, u32, -128..=127, -128..=127, -128..=127)"),
            ("", "bytes::Bytes", "[u8]"),
        ],
    );
}

#[test]
fn what_is_not_known() {
    both(&[
        ("struct T { a: u8 }", "opaque(k::T no-derive)", "opaque(k::T no-derive)"),
        ("#[derive(Serialize)] struct T { a: u8 }", "opaque(k::T no-derive)", "{a: u8}"),
        (
            "struct T; impl Serialize for T {} impl<'de> Deserialize<'de> for T {}",
            "opaque(k::T hand-written)",
            "opaque(k::T hand-written)",
        ),
        ("#[d] union T { a: u8 }", "opaque(k::T no-derive)", "opaque(k::T no-derive)"),
        ("#[derive(rkyv::Serialize, rkyv::Deserialize)] struct T;", "opaque(k::T no-derive)", "opaque(k::T no-derive)"),
        (
            "#[d] struct T { d: Box<dyn Send> }",
            "{d: opaque(dyn std::marker::Send generic)}",
            "{d: opaque(dyn std::marker::Send generic)}",
        ),
    ]);
    check(input, &[("#[d] struct G<X> { a: X }", "G", "{a: opaque(X generic)}")]);
}

#[test]
fn every_opaque_type_is_named_once() {
    let crates = crates("struct N; #[d] struct T { a: N, b: Option<N>, c: other::F, d: other::F }");
    let mut lowering = Lowering::new(&crates);
    let ty = ty(&crates, "T");
    lowering.value(&ty, Direction::Input, Reader::Json);
    lowering.value(&ty, Direction::Output, Reader::Json);
    let details: Vec<&str> = lowering.blind_spots.iter().map(|spot| spot.detail.as_str()).collect();
    assert_eq!(
        details,
        [
            "`k::N` has no derive that says how it travels; say what it looks like: \
             `[package.metadata.verpolicy.types]` `\"k::N\" = \"String\"`",
            "`other::F` comes from a crate whose source was not read (3); say what it looks like: \
             `[package.metadata.verpolicy.types]` `\"other::F\" = \"String\"`",
        ]
    );
    assert!(lowering.blind_spots.iter().all(|spot| spot.place.as_ref().is_some_and(|place| place.line == 3)));
}

#[test]
fn stated_types_are_read_in_place() {
    let crates = crates("#[d] struct T { a: other::F, b: other::G<u8>, c: N } struct N; #[d] struct M(u8);");
    let types = BTreeMap::from([
        ("other::F".to_owned(), "String".to_owned()),
        ("other::G".to_owned(), "Vec<$1>".to_owned()),
        ("k::N".to_owned(), "Option<k::M>".to_owned()),
    ]);
    let mut lowering = Lowering::new(&crates).with_types(&types);
    let ty = ty(&crates, "T");
    let id = lowering.value(&ty, Direction::Output, Reader::Json);
    assert_eq!(super::render::render(&lowering.shapes, id), "{a: string, b: [u8], c: u8|null}");
    assert!(lowering.blind_spots.is_empty(), "{:?}", lowering.blind_spots);
}

#[test]
fn types_that_never_end_end() {
    let sources = [
        "#[d] struct T<X>(Option<Box<T<Vec<X>>>>);",
        "#[d] struct T<X> { a: Option<Box<T<Vec<X>>>>, b: Option<Box<T<Option<X>>>>, c: Option<Box<T<(X, X)>>> }",
        "#[d] enum T<X> { A(X), B(Box<T<Vec<X>>>), C(Box<U<X>>) } #[d] struct U<X> { t: T<Option<X>> }",
        "#[d] struct T<X> { #[s(flatten)] a: Box<T<X>> }",
        "#[d] #[s(transparent)] struct T<X>(Box<T<X>>);",
        "#[d] #[s(from = \"T<X>\")] struct T<X>(X);",
    ];
    for source in sources {
        let crates = crates(source);
        let mut lowering = Lowering::new(&crates);
        let ty = ty(&crates, "T<u8>");
        lowering.value(&ty, Direction::Input, Reader::Json);
        lowering.value(&ty, Direction::Output, Reader::Json);
        assert!(lowering.shapes.len() < 5000, "{source}: {} nodes", lowering.shapes.len());
    }
}

#[test]
fn long_chains_of_types_do_not_exhaust_the_stack() {
    let mut source = String::new();
    for i in 0..3000 {
        source.push_str(&format!("#[d] struct S{i} {{ next: Option<Box<S{}>> }}\n", i + 1));
    }
    source.push_str("#[d] struct S3000 { a: u8 }");
    let crates = crates(&source);
    let mut lowering = Lowering::new(&crates);
    let ty = ty(&crates, "S0");
    lowering.value(&ty, Direction::Input, Reader::Json);
    assert!(lowering.blind_spots.is_empty(), "{:?}", lowering.blind_spots.first());
}

#[test]
fn identifiers_of_ruma_are_text() {
    let source = "use ruma_common::OwnedRoomId; #[derive(ruma_macros::IdDst)] struct UserId(str); #[d] struct T { a: Box<UserId>, b: OwnedUserId, c: OwnedRoomId, d: OwnedThing }";
    check(output, &[(source, "T", "{a: string, b: string, c: string, d: opaque(OwnedThing unresolved)}")]);
    let names = "#[derive(ruma_macros::StringEnum)] #[ruma_enum(rename_all = \"snake_case\")] enum T { RoomKey, #[ruma_enum(rename = \"m.x\")] X, _Custom(P) } struct P;";
    check(output, &[(names, "T", "enum(room_key, m.x, __custom untagged string)")]);
}

#[test]
fn what_an_opaque_type_carries_counts() {
    use crate::model::Shape;
    let tokens = |source: &str| {
        let crates = crates(source);
        let mut lowering = Lowering::new(&crates);
        let ty = ty(&crates, "T");
        let id = lowering.value(&ty, Direction::Output, Reader::Json);
        let names: Vec<String> = lowering.blind_spots.iter().map(|spot| spot.detail.clone()).collect();
        let Shape::Opaque(opaque) = &lowering.shapes.get(id).shape else { panic!("{source}") };
        (opaque.tokens, names.len())
    };
    let raw = "struct Raw<X>(X); impl<X> Serialize for Raw<X> {}";
    let one = tokens(&format!("{raw} type T = Raw<A>; #[d] struct A {{ a: u8, m: Mark }} struct Mark;"));
    let moved = tokens(&format!("{raw} type T = Raw<B>; #[d] struct B {{ m: Mark, a: u8 }} struct Mark;"));
    let other = tokens(&format!("{raw} type T = Raw<A>; #[d] struct A {{ a: u16, m: Mark }} struct Mark;"));
    assert_eq!(one, moved, "names inside do not count");
    assert_ne!(one.0, other.0, "shapes inside do");
    assert_eq!(one.1, 1, "only the opaque type itself is named");
    assert_ne!(tokens("type T = other::F<u8>;").0, tokens("type T = other::F<u16>;").0);
    assert_eq!(tokens("type T = other::F;").0, None);
}
