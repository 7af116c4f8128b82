//! Readers of text.

use super::{parameters, shape};
use crate::model::{Direction, In, Reader};

#[track_caller]
fn query(source: &str, reader: Reader, expected: &str) {
    assert_eq!(parameters(source, "T", In::Query, reader), expected, "{source} by {reader:?}");
}

#[test]
fn readers_of_queries() {
    use Reader::{HtmlForm, PoemText, Qs, RocketForm, UrlEncoded};
    let plain = "#[d] #[derive(rocket::FromForm)] struct T { s: String, n: Option<u32>, l: Vec<u8>, b: bool, o: O, big: u128, e: E } #[d] struct O { x: u8 } #[d] enum E { A, B(u8) }";
    query(
        plain,
        UrlEncoded,
        "s: string, n?: u32, l: refused(text-list: [u8]), b: bool, o: refused(text-nested: {x: u8}), big: refused(text-u128: u128), e: enum(A, B refused(text-nested: u8))",
    );
    query(
        plain,
        HtmlForm,
        "s: string, n?: u32, l: [u8], b: bool, o: refused(text-nested: {x: u8}), big: refused(text-u128: u128), e: enum(A, B refused(text-nested: u8))",
    );
    query(
        plain,
        Qs,
        "s: string, n?: u32, l: [u8], b: bool, o: {x: u8}, big: refused(text-u128: u128), e: enum(A, B u8)",
    );
    query(
        plain,
        RocketForm,
        "s: string, n?: u32, l?: [u8] = [], b?: bool = false, o: {x: u8}, big: u128, e: enum(A, B u8)",
    );
    let flat = "#[d] struct T { q: String, #[s(flatten)] at: At } #[d] struct At { page: Option<u32>, name: Option<String>, on: bool }";
    query(
        flat,
        UrlEncoded,
        "q: string, page?: refused(text-buffered: u32), name?: string, on: refused(text-buffered: bool)",
    );
    query("#[d] #[s(deny_unknown_fields)] struct T { q: String }", UrlEncoded, "q: string, !");
    query("type T = HashMap<String, String>;", UrlEncoded, "*: string");
    query("type T = Vec<(String, String)>;", UrlEncoded, "*: string");
    query("#[d] struct X { a: u8, b: Option<u8> } type T = Option<X>;", UrlEncoded, "a?: u8, b?: u8");
    query(
        "#[d] #[s(tag = \"kind\")] enum T { A { x: String }, B { y: u8 } }",
        UrlEncoded,
        "kind: enum(A, B), x?: string, y?: refused(text-buffered: u8)",
    );
    query("type T = Option<u32>;", PoemText, "p?: u32");
    query("type T = Vec<u32>;", PoemText, "p?: [u32] = []");
    query("type T = Option<Vec<u32>>;", UrlEncoded, "p?: refused(text-list: [u32])");
}

#[test]
fn paths_and_headers() {
    let cases = [
        ("", "u64", In::Path, Reader::PathText, "p: u64"),
        ("", "(u64, String)", In::Path, Reader::PathText, "0: u64, 1: string"),
        ("#[d] struct P { id: u64, name: String }", "P", In::Path, Reader::PathText, "id: u64, name: string"),
        ("#[d] struct Id(u64);", "Id", In::Path, Reader::PathText, "p: u64"),
        (
            "#[d] struct H { #[s(rename = \"x-id\")] id: Option<u64> }",
            "H",
            In::Header,
            Reader::HeaderText,
            "x-id?: u64",
        ),
        (
            "#[d] struct S { #[s(default)] f: bool }",
            "dropshot::PaginationParams<S, P>",
            In::Query,
            Reader::UrlEncoded,
            "limit?: 1..=4294967295, page_token?: string, f?: bool = false",
        ),
    ];
    for (source, ty, place_in, reader, expected) in cases {
        let source = format!("{source} mod dropshot_stub {{}}");
        let found = parameters(&source, ty, place_in, reader);
        assert_eq!(found, expected, "{ty} in {source}");
    }
}

#[test]
fn configuration_has_no_null() {
    let source = "#[d] struct T { a: Option<u64>, b: Vec<Option<String>> }";
    assert_eq!(shape(source, "T", Direction::Input, Reader::Config), "{a?: 0..=9223372036854775807, b: [string]}");
}
