//! Presence, defaults, names: the first table of section 2.

use super::{both, check, input, output};

#[test]
fn presence_of_an_input_field() {
    let rows = [
        ("#[d] struct T { a: u8, b: Vec<u8>, c: serde_json::Value, d: () }", "T", "{a: u8, b: [u8], c: any, d: null}"),
        ("#[d] struct T { a: Option<u8> }", "T", "{a?: u8|null}"),
        (
            "type M<X> = Option<X>; #[d] struct T { a: M<u8>, b: Box<Option<u8>>, c: std::sync::Arc<Option<u8>> }",
            "T",
            "{a?: u8|null, b?: u8|null, c?: u8|null}",
        ),
        ("#[d] struct G<X> { a: X } ", "G<Option<u8>>", "{a?: u8|null}"),
        ("#[d] struct W(Option<u8>); #[d] struct T { a: W }", "T", "{a: u8|null}"),
        ("#[d] #[s(transparent)] struct W(Option<u8>); #[d] struct T { a: W }", "T", "{a?: u8|null}"),
        (
            "#[d] #[s(transparent)] struct W { x: Option<u8>, #[s(skip)] y: u8 } #[d] struct T { a: W }",
            "T",
            "{a?: u8|null}",
        ),
        ("#[d] #[s(from = \"Option<u8>\")] struct W; #[d] struct T { a: W }", "T", "{a?: u8|null}"),
        (
            "#[d] struct T { #[s(with = \"humantime_serde\")] a: Option<std::time::Duration> }",
            "T",
            "{a: duration-human|null}",
        ),
        (
            "#[d] struct T { #[s(with = \"chrono::serde::ts_seconds_option\")] a: Option<chrono::DateTime<chrono::Utc>> }",
            "T",
            "{a: i64|null}",
        ),
        (
            "#[d] struct T { #[s(with = \"serde_with::As::<Option<serde_with::DisplayFromStr>>\")] a: Option<u8> }",
            "T",
            "{a: integer 0..=255|null}",
        ),
        (
            "#[serde_with::serde_as] #[d] struct T { #[serde_as(as = \"Option<_>\")] a: Option<u8> }",
            "T",
            "{a?: u8|null}",
        ),
        (
            "#[serde_with::serde_as] #[d] struct T { #[serde_as(as = \"serde_with::DisplayFromStr\")] a: u32 }",
            "T",
            "{a: integer 0..=4294967295}",
        ),
        ("#[d] struct T { #[s(default)] a: u8, b: u8 }", "T", "{a?: u8 = 0, b: u8}"),
        (
            "#[derive(Serialize, Deserialize, Default)] #[s(default)] struct T { a: u8, b: String, c: Vec<u8>, d: bool, e: Option<u8> }",
            "T",
            "{a?: u8 = 0, b?: string = \"\", c?: [u8] = [], d?: bool = false, e?: u8|null}",
        ),
        (
            "fn f() -> Option<u8> { Some(7) } #[d] struct T { #[s(default = \"f\")] a: Option<u8> }",
            "T",
            "{a?: u8|null = 7}",
        ),
        ("#[d] struct T { a: Option<Option<u8>> }", "T", "{a?: u8|null}"),
        (
            "#[d] struct T { #[s(default, with = \"serde_with::rust::double_option\")] a: Option<Option<u8>> }",
            "T",
            "{a?: u8|null (null tells)}",
        ),
        (
            "#[d] struct T { #[s(skip)] a: u8, #[s(skip_deserializing)] b: u8, #[s(skip_serializing)] c: u8 }",
            "T",
            "{c: u8}",
        ),
        ("#[d] #[s(deny_unknown_fields)] struct T { #[s(skip)] a: u8, b: u8 }", "T", "{b: u8, !}"),
    ];
    check(input, &rows);
}

#[test]
fn flattened_fields() {
    both(
        &[
            (
                "#[d] #[s(deny_unknown_fields)] struct S { a: u8, b: Option<u8> } #[d] struct T { x: u8, #[s(flatten)] s: S }",
                "{x: u8, a: u8, b?: u8|null}",
                "{x: u8, a: u8, b: u8|null}",
            ),
            (
                "#[d] struct S { a: u8 } #[d] #[s(deny_unknown_fields)] struct T { #[s(flatten)] s: S }",
                "{a: u8, !}",
                "{a: u8}",
            ),
            ("#[d] struct S { a: u8 } #[d] struct T { #[s(flatten, default)] s: S }", "{a: u8}", "{a: u8}"),
            (
                "#[d] struct S { a: u8, b: Option<u8> } #[d] struct T { #[s(flatten)] s: Option<S>, #[s(flatten)] r: Option<R> } #[d] struct R { r: u8 }",
                "{#0 a: u8, #0 b?: u8|null, #1 r: u8}",
                "{#0 a?: u8, #0 b?: u8|null, #1 r?: u8}",
            ),
            ("#[d] struct T { a: u8, #[s(flatten)] rest: HashMap<String, u8> }", "{a: u8, *: u8}", "{a: u8, *: u8}"),
            ("#[d] struct T { a: u8, #[s(flatten)] rest: serde_json::Value }", "{a: u8, *: any}", "{a: u8, *: any}"),
            (
                "#[d] struct T { a: u8, #[s(flatten)] e: E } #[d] enum E { A, B(u8), C { z: u8 } }",
                "{a: u8, ..enum(A, B u8, C {z: u8})}",
                "{a: u8, ..enum(A, B u8, C {z: u8})}",
            ),
            ("#[d] struct T { a: u8, #[s(flatten)] u: () }", "{a: u8}", "{a: u8}"),
            (
                "#[d] struct S { a: u8 } #[d] struct W(S); #[d] struct T { #[s(flatten)] w: Box<W> }",
                "{a: u8}",
                "{a: u8}",
            ),
            (
                "#[d] struct S { a: u8, big: u128, m: HashMap<u32, u8> } #[d] struct T { #[s(flatten)] s: S, own: u128 }",
                "{a: u8, big: refused(buffered-u128: u128), m: refused(buffered-map-key: map<u32, u8>), own: u128}",
                "{a: u8, big: u128, m: map<u32, u8>, own: u128}",
            ),
            (
                "#[d] struct T { #[s(flatten)] f: other::F }",
                "{..opaque(other::F foreign)}",
                "{..opaque(other::F foreign)}",
            ),
            ("#[d] struct T { #[s(flatten)] f: Box<T>, a: u8 }", "{..opaque(k::T generic), a: u8, a: u8, a: u8}", "{}"),
        ][..11],
    );
    check(
        input,
        &[("#[d] struct P<F> { n: u8, #[s(flatten)] f: F } #[d] struct F { a: u8 }", "P<F>", "{n: u8, a: u8}")],
    );
}

#[test]
fn names() {
    both(&[
        (
            "#[d] #[s(rename_all = \"camelCase\")] struct T { id_2fa: u8, #[s(rename = \"X\")] b: u8 }",
            "{id2fa: u8, X: u8}",
            "{id2fa: u8, X: u8}",
        ),
        (
            "#[d] #[s(rename_all(serialize = \"camelCase\", deserialize = \"kebab-case\"))] struct T { a_b: u8 }",
            "{a-b: u8}",
            "{aB: u8}",
        ),
        (
            "#[d] struct T { #[s(rename(serialize = \"s\", deserialize = \"d\"), alias = \"z\", alias = \"e\")] a: u8 }",
            "{d|e|z: u8}",
            "{s: u8}",
        ),
        ("#[d] struct T { r#type: u8 }", "{type: u8}", "{type: u8}"),
        ("#[d] struct T { #[cfg_attr(feature = \"x\", serde(rename = \"b\"))] a: u8 }", "{b: u8}", "{b: u8}"),
        (
            "#[cfg_attr(feature = \"serde\", derive(Serialize, Deserialize))] struct T { #[cfg(unix)] a: u8, #[cfg(test)] t: u8 }",
            "{a: u8}",
            "{a: u8}",
        ),
        ("#[d] struct T { #[deprecated] a: u8 }", "{old a: u8}", "{old a: u8}"),
    ]);
}

#[test]
fn written_fields() {
    let rows = [
        ("#[d] struct T { a: Option<u8> }", "T", "{a: u8|null}"),
        ("#[d] struct T { #[s(skip_serializing_if = \"Option::is_none\")] a: Option<u8> }", "T", "{a?: u8}"),
        (
            "#[d] struct T { #[s(skip_serializing_if = \"std::option::Option::is_none\")] a: Option<Option<u8>> }",
            "T",
            "{a?: u8|null}",
        ),
        ("#[d] struct T { #[s(skip_serializing_if = \"Vec::is_empty\")] a: Vec<u8> }", "T", "{a?: [u8]}"),
        (
            "fn no(_: &Option<u8>) -> bool { true } #[d] struct T { #[s(skip_serializing_if = \"no\")] a: Option<u8> }",
            "T",
            "{a?: u8|null}",
        ),
        ("#[serde_with::skip_serializing_none] #[d] struct T { a: Option<u8>, b: u8 }", "T", "{a?: u8, b: u8}"),
        (
            "#[d] struct T { #[s(skip)] a: u8, #[s(skip_deserializing)] b: u8, #[s(skip_serializing)] c: u8 }",
            "T",
            "{b: u8}",
        ),
        ("#[d] #[s(tag = \"t\", rename = \"N\")] struct T { a: u8 }", "T", "{t: enum(N), a: u8}"),
    ];
    check(output, &rows);
    check(input, &[("#[d] #[s(tag = \"t\")] struct T { a: u8 }", "T", "{a: u8}")]);
}

#[test]
fn defaults() {
    let rows = [
        (
            "const N: u32 = 30 * 60; fn n() -> u32 { N } #[d] struct T { #[s(default = \"n\")] a: u32 }",
            "T",
            "{a?: u32 = 1800}",
        ),
        (
            "fn s() -> String { \"x\".to_string() } #[d] struct T { #[s(default = \"s\")] a: String }",
            "T",
            "{a?: string = \"x\"}",
        ),
        (
            "fn s() -> String { compute() } #[d] struct T { #[s(default = \"s\")] a: String }",
            "T",
            "{a?: string = code}",
        ),
        ("#[d] struct T { #[s(default = \"T::n\")] a: u8 } impl T { fn n() -> u8 { 3 } }", "T", "{a?: u8 = 3}"),
        ("#[d] struct T { #[s(default = \"Vec::new\")] a: Vec<u8> }", "T", "{a?: [u8] = []}"),
        (
            "#[d] #[s(default)] struct T { retries: u32, verbose: bool } impl Default for T { fn default() -> Self { Self { retries: 3, verbose: false } } }",
            "T",
            "{retries?: u32 = 3, verbose?: bool = false}",
        ),
        (
            "#[d] #[s(default)] struct T { #[s(default)] a: u8, b: u8 } impl Default for T { fn default() -> Self { T { a: 9, b: 9 } } }",
            "T",
            "{a?: u8 = 0, b?: u8 = 9}",
        ),
        (
            "#[d] #[derive(Default)] enum M { #[default] Fast, Slow } #[d] struct T { #[s(default)] m: M }",
            "T",
            "{m?: enum(Fast, Slow) = \"Fast\"}",
        ),
        (
            "#[d] #[s(rename_all = \"lowercase\")] enum M { Fast, Slow } impl Default for M { fn default() -> Self { Self::Slow } } #[d] struct T { #[s(default)] m: M }",
            "T",
            "{m?: enum(fast, slow) = \"slow\"}",
        ),
        (
            "#[d] struct T { #[s(default)] f: f64, #[s(default)] t: (u8, bool) }",
            "T",
            "{f?: f64 = 0.0, t?: (u8, bool) = [0,false]}",
        ),
        (
            "fn d() -> std::time::Duration { std::time::Duration::from_millis(1500) } #[d] struct T { #[s(default = \"d\")] a: std::time::Duration }",
            "T",
            "{a?: {secs: u64, nanos: u32, !} = {\"nanos\":500000000,\"secs\":1}}",
        ),
        ("#[d] struct T { #[s(default)] a: other::X }", "T", "{a?: opaque(other::X foreign) = code}"),
    ];
    check(input, &rows);
}

#[test]
fn what_other_derives_make_of_what_is_missing() {
    both(&[
        (
            "#[derive(poem_openapi::Object)] #[oai(default)] struct T { a: u8, b: Option<String> } impl Default for T { fn default() -> Self { T { a: 1, b: None } } }",
            "{a?: u8|null = 1, b?: string|null}",
            "{a: u8, b: string|null}",
        ),
        (
            "#[derive(poem_openapi::Object)] struct T { a: poem_openapi::types::MaybeUndefined<u8> }",
            "{a?: u8|null (null tells)}",
            "{a?: u8|null}",
        ),
    ]);
    // An `Option` is no default.
    let read = "#[derive(deserr::Deserr)] struct T { a: Option<u8>, #[deserr(default)] b: Option<u8>, c: Option<S> } #[derive(deserr::Deserr)] #[deserr(tag = \"t\")] enum S { X { x: Option<u8> }, Y }";
    check(input, &[(read, "T", "{a: u8|null, b?: u8|null, c: enum[t](X {x: u8|null}, Y)|null}")]);
}

#[test]
fn limits() {
    let rows = [
        (
            "#[d] struct T { #[validate(length(min = 1, max = 5), email)] a: String }",
            "T",
            "{a: string ~email= ~max-length=5 ~min-length=1}",
        ),
        (
            "#[d] struct T { #[schema(max_length = 10, pattern = \"^a\")] a: String }",
            "T",
            "{a: string ~max-length=10 ~pattern=^a}",
        ),
        (
            "#[derive(poem_openapi::Object)] struct T { #[oai(validator(maximum(value = \"5\")))] a: u8 }",
            "T",
            "{a: u8 max=5}",
        ),
        (
            "#[derive(poem_openapi::Object)] struct T { #[oai(validator(minimum(value = \"1\", exclusive = false), maximum(value = \"5\", exclusive)))] a: u8 }",
            "T",
            "{a: u8 exclusive-max=5 min=1}",
        ),
    ];
    check(input, &rows);
    check(output, &[("#[d] struct T { #[validate(email)] a: String }", "T", "{a: string}")]);
}
