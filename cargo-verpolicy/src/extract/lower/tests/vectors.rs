//! Both sides of the vectors of section 8, as read and as written. 21 and the marks of 22 and 23 belong to others.

use super::{both, input, output, parameters, shape};
use crate::model::{Direction, In, Reader};

/// (source of `T`, as read, as written), the old side and the new one by turns.
#[test]
fn sides_of_the_vectors() {
    both(&[
        // 1
        ("#[d] struct T { limit: Option<u32> }", "{limit?: u32|null}", "{limit: u32|null}"),
        ("#[d] struct T { #[s(default)] limit: u32 }", "{limit?: u32 = 0}", "{limit: u32}"),
        // 2
        ("#[d] struct T { note: Option<String> }", "{note?: string|null}", "{note: string|null}"),
        (
            "fn trim() {} #[d] struct T { #[s(deserialize_with = \"trim\")] note: Option<String> }",
            "{note: code(string|null)}",
            "{note: string|null}",
        ),
        (
            "fn trim() {} #[d] struct T { #[s(default, deserialize_with = \"trim\")] note: Option<String> }",
            "{note?: code(string|null)}",
            "{note: string|null}",
        ),
        // 3
        (
            "#[d] struct T { parent: Parent } #[d] struct Parent(Option<u32>);",
            "{parent: u32|null}",
            "{parent: u32|null}",
        ),
        (
            "#[d] struct T { parent: Parent } #[d] #[s(transparent)] struct Parent(Option<u32>);",
            "{parent?: u32|null}",
            "{parent: u32|null}",
        ),
        // 4
        (
            "mod a { use serde::*; #[d] pub struct User { id: u64, name: Box<str> } } type T = a::User;",
            "{id: u64, name: string}",
            "{id: u64, name: string}",
        ),
        (
            "mod b { use serde::*; use std::borrow::Cow; #[d] #[s(rename_all = \"camelCase\")] pub struct Account { name: Cow<'static, str>, id: Id } #[d] pub struct Id(u64); } type T = b::Account;",
            "{name: string, id: u64}",
            "{name: string, id: u64}",
        ),
        // 5
        (
            "#[d] #[s(rename_all = \"snake_case\")] enum T { IPv4, HTTPOnly }",
            "enum(i_pv4, h_t_t_p_only)",
            "enum(i_pv4, h_t_t_p_only)",
        ),
        (
            "#[d] enum T { #[s(rename = \"ipv4\")] IPv4, #[s(rename = \"h_t_t_p_only\")] HTTPOnly }",
            "enum(ipv4, h_t_t_p_only)",
            "enum(ipv4, h_t_t_p_only)",
        ),
        // 6
        (
            "#[d] struct T { q: String, page: Option<u32> }",
            "{q: string, page?: u32|null}",
            "{q: string, page: u32|null}",
        ),
        (
            "#[d] struct T { q: String, #[s(flatten)] at: At } #[d] struct At { page: Option<u32> }",
            "{q: string, page?: u32|null}",
            "{q: string, page: u32|null}",
        ),
        // 8
        ("#[d] #[s(tag = \"t\")] enum T { Ping }", "enum[t](Ping)", "enum[t](Ping)"),
        (
            "#[d] #[s(tag = \"t\")] enum T { Ping { nonce: Option<u64> } }",
            "enum[t](Ping {nonce?: u64|null})",
            "enum[t](Ping {nonce: u64|null})",
        ),
        (
            "#[d] enum T { Ping { nonce: Option<u64> } }",
            "enum(Ping {nonce?: u64|null})",
            "enum(Ping {nonce: u64|null})",
        ),
        // 9, 10
        (
            "#[d] #[s(untagged)] enum T { Id { id: u8 }, Full { id: u8, name: String } }",
            "untagged(Id {id: u8}, Full {id: u8, name: string})",
            "untagged(Id {id: u8}, Full {id: u8, name: string})",
        ),
        (
            "#[d] #[s(untagged)] enum T { ByNote { note: Option<String> }, ById { id: u32 } }",
            "untagged(ByNote {note?: string|null}, ById {id: u32})",
            "untagged(ByNote {note: string|null}, ById {id: u32})",
        ),
        // 11
        ("#[d] #[s(tag = \"t\", content = \"c\")] enum T { A, B }", "enum[t,c](A, B)", "enum[t,c](A, B)"),
        (
            "#[d] #[s(tag = \"t\", deny_unknown_fields)] enum T { V(P) } #[d] struct P { x: u8 }",
            "enum[t] !(V {x: u8})",
            "enum[t](V {x: u8})",
        ),
        (
            "#[d] #[s(tag = \"t\", deny_unknown_fields)] enum T { V { x: u8 } }",
            "enum[t] !(V {x: u8, !})",
            "enum[t](V {x: u8})",
        ),
        // 12
        (
            "#[d] #[s(deny_unknown_fields)] struct T { id: u8, #[s(default, skip_serializing_if = \"Option::is_none\")] hint: Option<String> }",
            "{id: u8, hint?: string|null, !}",
            "{id: u8, hint?: string}",
        ),
        // 14
        (
            "#[d] struct T { #[s(default, with = \"double_option\")] due: Option<Option<u8>> } mod double_option { pub fn serialize() {} pub fn deserialize() {} }",
            "{due?: u8|null (null tells)}",
            "{due: u8|null}",
        ),
        ("#[d] struct T { due: Option<u8> }", "{due?: u8|null}", "{due: u8|null}"),
        // 15
        ("#[d] struct T { at: chrono::DateTime<chrono::Utc> }", "{at: date-time}", "{at: date-time}"),
        (
            "#[d] struct T { #[s(with = \"time::serde::rfc3339\")] at: time::OffsetDateTime }",
            "{at: date-time}",
            "{at: date-time}",
        ),
        ("#[d] struct T { at: jiff::Timestamp }", "{at: date-time}", "{at: date-time}"),
        // 16
        ("#[d] struct T { #[s(default)] role: String }", "{role?: string = \"\"}", "{role: string}"),
        ("#[d] struct T { #[s(skip_deserializing)] role: String }", "{}", "{role: string}"),
        // 17
        (
            "#[d] struct T { #[s(rename = \"email\", alias = \"mail\")] mail: String }",
            "{email|mail: string}",
            "{email: string}",
        ),
        // 18
        (
            "#[d] struct T { #[s(default)] retries: u32, #[s(default)] verbose: bool }",
            "{retries?: u32 = 0, verbose?: bool = false}",
            "{retries: u32, verbose: bool}",
        ),
        (
            "#[d] #[s(default)] struct T { retries: u32, verbose: bool } impl Default for T { fn default() -> Self { Self { retries: 3, verbose: false } } }",
            "{retries?: u32 = 3, verbose?: bool = false}",
            "{retries: u32, verbose: bool}",
        ),
        (
            "#[d] #[derive(Default)] #[s(default)] struct T { retries: u32, verbose: bool }",
            "{retries?: u32 = 0, verbose?: bool = false}",
            "{retries: u32, verbose: bool}",
        ),
        // 19
        (
            "#[d] struct T { #[s(skip_serializing_if = \"Option::is_none\")] note: Option<String> }",
            "{note?: string|null}",
            "{note?: string}",
        ),
        // 20
        ("#[d] struct T { seats: HashMap<u32, String> }", "{seats: map<u32, string>}", "{seats: map<u32, string>}"),
        (
            "#[d] struct T { #[s(flatten)] hall: Hall } #[d] struct Hall { seats: HashMap<u32, String> }",
            "{seats: refused(buffered-map-key: map<u32, string>)}",
            "{seats: map<u32, string>}",
        ),
        // 22
        ("#[d] #[non_exhaustive] enum T { New, Done }", "enum open(New, Done)", "enum open(New, Done)"),
        // 23
        (
            "#[d] struct Page<X> { items: Vec<X>, next: Option<String> } type T = Page<u8>;",
            "{items: [u8], next?: string|null}",
            "{items: [u8], next: string|null}",
        ),
        // 24
        ("#[d] struct T(f64, f64);", "[f64; 2]", "[f64; 2]"),
        ("#[d] struct T(f64, f64, #[s(default)] f64);", "(f64, f64, f64?)", "[f64; 3]"),
        // 25
        (
            "#[d] struct T { #[s(flatten)] range: Option<Range> } #[d] struct Range { lo: u8, hi: u8 }",
            "{#0 lo: u8, #0 hi: u8}",
            "{#0 lo?: u8, #0 hi?: u8}",
        ),
        (
            "#[derive(serde_repr::Serialize_repr, serde_repr::Deserialize_repr)] #[repr(u8)] enum T { Low = 1, High = 2 }",
            "numbers(1, 2)",
            "numbers(1, 2)",
        ),
    ]);
}

#[test]
fn sides_of_the_query_vectors() {
    let rows = [
        // 6
        (
            "#[d] struct T { q: String, #[s(flatten)] at: At } #[d] struct At { page: Option<u32> }",
            Reader::UrlEncoded,
            "q: string, page?: refused(text-buffered: u32)",
        ),
        (
            "#[d] struct T { q: String, #[s(flatten)] at: At } #[d] struct At { page: Option<u32> }",
            Reader::HtmlForm,
            "q: string, page?: refused(text-buffered: u32)",
        ),
        // 7
        ("#[d] struct T { tag: Option<String> }", Reader::UrlEncoded, "tag?: string"),
        (
            "#[d] struct T { #[s(default)] tag: Vec<String> }",
            Reader::UrlEncoded,
            "tag?: refused(text-list: [string]) = []",
        ),
        ("#[d] struct T { #[s(default)] tag: Vec<String> }", Reader::HtmlForm, "tag?: [string] = []"),
    ];
    for (source, reader, expected) in rows {
        assert_eq!(parameters(source, "T", In::Query, reader), expected, "{source}");
    }
}

#[test]
fn types_that_are_equal_on_the_wire_have_equal_shapes() {
    let pairs = [
        ("type T = std::collections::VecDeque<u8>;", "type T = HashSet<u8>;"),
        ("type T = HashMap<String, u8>;", "type T = indexmap::IndexMap<String, u8>;"),
        ("type T = [u8; 3];", "type T = (u8, u8, u8);"),
        ("type T = Option<Option<u8>>;", "type T = Option<u8>;"),
        ("#[d] enum T { A(S) } #[d] struct S { x: u8 }", "#[d] enum T { A { x: u8 } }"),
        (
            "#[d] #[s(tag = \"t\")] enum T { A(S) } #[d] struct S { x: u8 }",
            "#[d] #[s(tag = \"t\")] enum T { A { x: u8 } }",
        ),
        (
            "#[d] struct T<'a> { a: &'a str }",
            "#[d] #[s(crate = \"serde\", bound = \"\", expecting = \"x\")] struct T { a: std::sync::Arc<String> }",
        ),
        ("#[d] enum T { A = 4 }", "#[d] enum T { A }"),
    ];
    for (old, new) in pairs {
        for direction in [Direction::Input, Direction::Output] {
            let run = |source: &str| shape(source, "T", direction, Reader::Json);
            assert_eq!(run(old), run(new), "{direction:?} of {old} and {new}");
        }
    }
    assert_ne!(input("type T = [u8; 3];", "T"), output("type T = Vec<u8>;", "T"));
}
