//! What a mark becomes, as tables of tokens.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use proptest::prelude::*;

use crate::entry::api;
use crate::item::{Item, ItemKind};

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| panic!("these are no tokens: {text}"))
}

fn expands(mark: &str, item: &str, expected: &str) {
    let found = api(tokens(mark), tokens(item)).to_string();
    assert_eq!(found, tokens(expected).to_string(), "#[api({mark})] {item}");
}

#[test]
fn knows_the_kind_of_an_item() {
    use ItemKind::*;
    for (text, kind) in [
        ("fn f() {}", Function),
        ("pub(crate) const unsafe extern \"C\" fn f() {}", Function),
        ("pub async fn f();", Function),
        ("extern fn f() {}", Function),
        ("default unsafe fn f() {}", Function),
        ("safe fn f();", Function),
        ("const async fn f() {}", Function),
        ("#[a] #[b(c)] /// d\n pub fn f() {}", Function),
        ("impl<T> X for Y<T> {}", Impl),
        ("unsafe impl X for Y {}", Impl),
        ("impl !Send for Y {}", Impl),
        ("pub unsafe auto trait T {}", Trait),
        ("pub mod m { }", InlineModule),
        ("mod m;", FileModule),
        ("struct S;", Struct),
        ("pub(in crate::a) struct S(u8);", Struct),
        ("enum E {}", Enum),
        ("union U { a: u8 }", Union),
        ("const C: u8 = 1;", Const),
        ("const _: () = ();", Const),
        ("pub static mut S: u8 = 1;", Static),
        ("pub use a::b as c;", Use),
        ("type A = B;", TypeAlias),
        ("extern \"C\" { }", ExternBlock),
        ("unsafe extern { }", ExternBlock),
        ("extern crate a;", ExternCrate),
        ("macro_rules! m { () => {} }", MacroDefinition),
        ("pub macro m() {}", MacroDefinition),
        ("a::b! { }", MacroCall),
        ("::a::b!();", Unknown),
        ("union! { }", MacroCall),
        ("default! { }", MacroCall),
        ("", Unknown),
        ("pub", Unknown),
        ("#", Unknown),
        ("name: Type", Unknown),
    ] {
        assert_eq!(Item::read(tokens(text)).kind, kind, "{text}");
    }
}

#[test]
fn returns_the_item_with_its_note() {
    for (mark, item, expected) in [
        (
            "since = \"1.2.0\"",
            "/// Doc.\n #[inline] pub fn f(x: u8) -> u8 { x /* odd tokens $ # ! */ }",
            "/// Doc.\n #[inline] #[cfg_attr(doc, doc = \"\", doc = \"API: since 1.2.0.\", doc = \"\")] pub fn f(x: u8) -> u8 { x }",
        ),
        ("", "#[endpoint { }] async fn f();", "#[endpoint { }] async fn f();"),
        (
            "GET | HEAD \"/users/{id}\", since = \"next\"",
            "async fn f() {}",
            "#[cfg_attr(doc, doc = \"\", doc = \"API: `GET | HEAD /users/{id}`; not released yet.\", doc = \"\")] async fn f() {}",
        ),
        (
            "unstable(feature = \"org.x\"), edition = \"6_a\"",
            "struct S;",
            "#[cfg_attr(doc, doc = \"\", doc = \"API: unstable (`org.x`); edition 6\\\\_a.\", doc = \"\")] struct S;",
        ),
        (
            "since = \"1\", removed = \"3\", deprecated(since = \"2\", note = \"a [b] <c> see https://x.org/a_b. Bye.\", replaced_by = \"GET /v2\")",
            "fn f() {}",
            "#[cfg_attr(doc, doc = \"\", doc = \"API: since 1; deprecated since 2: a \\\\[b\\\\] \\\\<c\\\\> see <https://x.org/a_b>. Bye; \
             use `GET /v2` instead; removed in 3.\", doc = \"\")] fn f() {}",
        ),
        ("section = \"client-server\"", "impl X { fn f() {} }", "impl X { fn f() {} }"),
        ("since = \"1\"", "extern \"C\" { fn f(); }", "extern \"C\" { fn f(); }"),
    ] {
        expands(mark, item, expected);
    }
}

#[test]
fn derives_deprecated_for_rust_items_only() {
    const MARK: &str = "since = \"1.0\", deprecated(since = \"1.4\", note = \"why\", replaced_by = \"g\")";
    const SAID: &str = "item, since = \"1.0\", deprecated(since = \"1.4\", note = \"why\", replaced_by = \"g\")";
    const ROUTE: &str = "GET \"/x\", since = \"1.0\", deprecated(since = \"1.4\")";
    const HTTP: &str = "http, since = \"1.0\", deprecated(since = \"1.4\")";
    for (mark, item, derived) in [
        (MARK, "pub fn f() {}", true),
        (MARK, "pub fn f(&self) {}", true),
        (MARK, "pub const F: u8 = 1;", true),
        (MARK, "pub static F: u8 = 1;", true),
        (MARK, "pub type F = u8;", true),
        (MARK, "pub trait F {}", true),
        (MARK, "pub mod f {}", true),
        (MARK, "#[derive(Debug, Clone)] pub struct F;", true),
        (SAID, "#[derive(Debug, serde::Serialize)] pub struct F;", true),
        (MARK, "#[inline] #[must_use] pub fn f() {}", true),
        (MARK, "#[cfg_attr(feature = \"x\", inline)] pub fn f() {}", true),
        (SAID, "pub async fn f() {}", true),
        (SAID, "#[wasm_bindgen] pub fn f() {}", true),
        // a member of a trait's impl has no `pub`, and nobody outside sees what is not `pub`
        (SAID, "fn f(&self) {}", false),
        (MARK, "pub(crate) fn f() {}", false),
        // handlers
        (ROUTE, "pub fn f() {}", false),
        (HTTP, "pub fn f() {}", false),
        (MARK, "pub async fn f() {}", false),
        (MARK, "#[get(\"/\")] pub fn f() {}", false),
        (MARK, "#[cfg_attr(feature = \"openapi\", utoipa::path(get))] pub fn f() {}", false),
        (MARK, "#[cfg_attr(a, cfg_attr(b, get(\"/\")))] pub fn f() {}", false),
        // one stands there
        (MARK, "#[deprecated] pub fn f() {}", false),
        (MARK, "#[cfg_attr(x, deprecated(note = \"x\"))] pub fn f() {}", false),
        // types of the wire
        (MARK, "#[derive(Debug, serde::Serialize)] pub struct F;", false),
        (MARK, "#[serde(rename_all = \"camelCase\")] pub struct F;", false),
        // a document made from the type would change
        (MARK, "#[derive(utoipa::ToSchema)] pub struct F;", false),
        (SAID, "#[cfg_attr(feature = \"x\", derive(JsonSchema))] pub struct F;", false),
        // no effect, or an error
        (MARK, "pub use a::b;", false),
        (MARK, "impl F {}", false),
    ] {
        let found = api(tokens(mark), tokens(item)).to_string();
        let expected = tokens("#[deprecated(since = \"1.4.0\", note = \"why; use `g` instead\")]").to_string();
        assert_eq!(found.contains(&expected), derived, "#[api({mark})] {item}: {found}");
        let before = usize::from(item.contains("deprecated("));
        assert_eq!(found.matches("deprecated (").count(), before + usize::from(derived), "{item}: {found}");
    }
}

#[test]
fn takes_marks_off_fields_and_variants() {
    let note = |text: &str| format!("#[cfg_attr(doc, doc = \"\", doc = \"API: {text}.\", doc = \"\")]");
    for (item, expected) in [
        (
            "struct S { #[api(since = \"2\")] /// Doc.\n #[serde(default)] a: [u8; 3], b: u8 }".to_owned(),
            format!("struct S {{ /// Doc.\n #[serde(default)] {} a: [u8; 3], b: u8 }}", note("since 2")),
        ),
        (
            "struct S<T: Fn(u8) -> u8, const N: usize = { 1 }>(#[versioning_macros::api(since = \"2\")] pub T) where T: X;".to_owned(),
            format!("struct S<T: Fn(u8) -> u8, const N: usize = {{ 1 }}>({} pub T) where T: X;", note("since 2")),
        ),
        (
            "struct S<T> where T: Fn(u8) -> u8 { #[api(since = \"2\")] a: T }".to_owned(),
            format!("struct S<T> where T: Fn(u8) -> u8 {{ {} a: T }}", note("since 2")),
        ),
        (
            "enum E { #[api(since = \"2\")] A = 1, B(#[api(since = \"3\")] u8), C { #[api(since = \"4\", deprecated)] c: u8 } }".to_owned(),
            format!(
                "enum E {{ {} A = 1, B({} u8), C {{ {} c: u8 }} }}",
                note("since 2"),
                note("since 3"),
                note("since 4; deprecated")
            ),
        ),
        // under another name
        (
            "union U { #[promise(since = \"2\")] a: u8, #[x::promise(unstable)] b: u8 }".to_owned(),
            format!("union U {{ {} a: u8, {} b: u8 }}", note("since 2"), note("unstable")),
        ),
        // conditional
        (
            "struct S { #[cfg_attr(feature = \"x\", api(since = \"2\"))] a: u8, #[cfg_attr(y, serde(default), api(since = \"3\"))] b: u8 }".to_owned(),
            "struct S { #[cfg_attr(all(doc, feature = \"x\"), doc = \"\", doc = \"API: since 2.\", doc = \"\")] a: u8, \
             #[cfg_attr(y, serde(default))] #[cfg_attr(all(doc, y), doc = \"\", doc = \"API: since 3.\", doc = \"\")] b: u8 }"
                .to_owned(),
        ),
        // other people's attributes
        (
            "struct S { #[schema(deprecated)] #[deprecated(since = \"1\")] #[oai(rename = \"x\")] #[validate(length(min = 1))] a: u8 }".to_owned(),
            "struct S { #[schema(deprecated)] #[deprecated(since = \"1\")] #[oai(rename = \"x\")] #[validate(length(min = 1))] a: u8 }".to_owned(),
        ),
    ] {
        let item_note = "#[cfg_attr(doc, doc = \"\", doc = \"API: since 1.\", doc = \"\")]";
        expands("since = \"1\"", &item, &format!("{item_note} {expected}"));
    }
}

#[test]
fn works_on_what_macro_rules_variables_leave() {
    let item: TokenStream = TokenTree::from(Group::new(
        Delimiter::None,
        tokens("#[deprecated] pub struct S { #[api(since = \"2\")] a: u8 }"),
    ))
    .into();
    let found = api(tokens("since = \"1\", deprecated"), item).to_string();
    assert_eq!(found.matches("deprecated").count(), 2, "{found}");
    assert!(!found.contains("api"), "{found}");
    let mut item: TokenStream = TokenTree::from(Group::new(Delimiter::None, tokens("pub"))).into();
    item.extend(tokens("fn f() {}"));
    assert!(api(tokens("since = \"1\", deprecated"), item).to_string().contains("# [deprecated]"));
}

#[test]
fn never_panics_on_odd_items() {
    for item in [
        "",
        "#",
        "# [",
        "#[]",
        "#[] #[",
        "pub",
        "struct",
        "struct S",
        "enum E { # }",
        "enum E { #[api] }",
        "struct S { #[] a: u8 }",
        "struct S(#[cfg_attr] u8, #[cfg_attr()] u8, #[cfg_attr(a)] u8, #[cfg_attr(,)] u8);",
        "struct S<",
        "fn",
        "::",
        "!",
        "macro_rules!",
        "struct S { #[api(since = )] a: u8, #[api =] b: u8, #[api {}] c: u8 }",
    ] {
        let Ok(item) = item.parse::<TokenStream>() else { continue };
        let _ = api(tokens("since = \"1\", deprecated(since = \"1\")"), item.clone());
        let _ = api(tokens("sinse = \"1\""), item);
    }
}

/// Every token with the place where it stands, groups opened; what the mark added stands nowhere.
fn places(stream: TokenStream, into: &mut Vec<(String, usize)>) {
    for token in stream {
        let column = token.span().start().column;
        match token {
            TokenTree::Group(group) => places(group.stream(), into),
            token if column > 0 => into.push((token.to_string(), column)),
            _ => {}
        }
    }
}

#[test]
fn tokens_keep_their_places() {
    for item in [
        " #[inline] pub fn f(x: u8) -> Vec<u8> { let y = [x, 1]; y.iter().map(|z| z + 1).collect() }",
        " impl<T> X for Y<T> where T: Z { fn f(&self) { self.0; macro_call! { $ odd } } }",
        " pub struct S { pub a: u8, b: Vec<[u8; 3]> }",
    ] {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        places(tokens(item), &mut before);
        places(api(TokenStream::new(), tokens(item)), &mut after);
        assert!(before.len() > 10);
        assert_eq!(before, after, "{item}");
        for mark in ["since = \"1\"", "sinse"] {
            let mut after = Vec::new();
            places(api(tokens(mark), tokens(item)), &mut after);
            after.retain(|token| before.contains(token));
            assert_eq!(before, after, "#[api({mark})] {item}");
        }
    }
}

proptest! {
    #[test]
    fn never_panics(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "#", "[", "]", "(", ")", "{", "}", "<", ">", "-", "->", ",", ";", ":", "::", "=", "!", "api", "cfg_attr", "since",
            "\"1\"", "pub", "struct", "enum", "union", "S", "where", "fn", "impl", "mod", "extern", "const", "unsafe", "use",
            "macro_rules", "derive", "deprecated", "all()", "#[api(since = \"2\")]", "1", "'a",
        ]), 0..24)) {
        if let Ok(item) = parts.join(" ").parse::<TokenStream>() {
            let _ = api(tokens("since = \"1\", deprecated(since = \"1\")"), item);
        }
    }
}
