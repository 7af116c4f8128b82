//! Every page of a rule over Rust items holds an example: its two sides differ by that rule, and no side from itself.

#![expect(clippy::unwrap_used, reason = "a test reads its programs")]

use cargo_verpolicy::diff::{self, compare};
use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::model::EndpointSet;
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::policy::rules::{rule_of, rules};
use cargo_verpolicy::tree::MemoryTree;

/// The public items of a library of this text; what begins with a table of a manifest is more of that instead.
fn side(text: &str) -> EndpointSet {
    let (text, more) = match text.starts_with('[') {
        true => ("pub fn send(request: http::Request<u8>) {} #[cfg(feature = \"fast\")] pub fn race() {}", text),
        false => (text, "[dependencies]\nother = \"1\"\nhttp = \"1\"\n"),
    };
    let procedural = text.contains("proc_macro");
    let lib = if procedural { "[lib]\nproc-macro = true\n" } else { "" };
    let manifest = format!("[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n{lib}{more}\n");
    let types = "pub struct Cart; pub struct Ids;";
    let known = procedural || ["Cart", "Ids"].iter().all(|name| !text.contains(&format!("struct {name}")));
    let used = text.contains("impl Cart") || text.contains("for Ids");
    let text = if known && used { format!("{types}\n{text}") } else { text.to_owned() };
    let text = text.replace("macro_rules!", "#[macro_export] macro_rules!");
    let tree = MemoryTree::new("side").file("Cargo.toml", manifest).file("src/lib.rs", text);
    let workspace = read_workspace(&tree, "").unwrap();
    let options = extract::Options { public_items: true, ..extract::Options::default() };
    let read = extract::endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &options);
    read.sets.into_iter().next().unwrap()
}

fn changed(old: &EndpointSet, new: &EndpointSet) -> Vec<&'static str> {
    let options = diff::Options { implicit_public: true, ..diff::Options::default() };
    compare(old, new, &options).changes.iter().map(|change| rule_of(change.kind).id).collect()
}

#[test]
fn the_example_of_every_page_is_found() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for rule in rules().filter(|r| r.id.starts_with("item-") && r.id != "item-signature-changed") {
        let docs = rule.docs.replace("```toml\n", "```rust\n");
        let code: Vec<&str> = docs.split("```rust\n").skip(1).filter_map(|t| t.split("\n```").next()).collect();
        let [old, new] = code.as_slice() else { panic!("{}: two examples", rule.id) };
        let (old, new) = (side(old), side(new));
        count += 1;
        let found = changed(&old, &new);
        if found != [rule.id] {
            wrong.push(format!("{}: {found:?}", rule.id));
        }
        for set in [&old, &new] {
            assert_eq!(changed(set, set), Vec::<&str>::new(), "{} against itself", rule.id);
        }
    }
    assert!(count > 40, "only {count} rules");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_code_cannot_tell_apart_is_silent() {
    for (old, new) in [
        ("pub fn f<'a>(x: &'a str) -> &'a str { x }", "pub fn f(name: &str) -> &str { name }"),
        ("pub fn f<T: Clone>(x: T) {}", "pub fn f<U>(y: U) where U: Clone {}"),
        ("pub fn f(x: Option<String>) {}", "use std::option::Option as O; pub fn f(x: O<std::string::String>) {}"),
        ("pub async fn f() -> u8 { 0 }", "pub fn f() -> impl std::future::Future<Output = u8> { async { 0 } }"),
        ("pub struct A; impl A { pub fn new() -> A { A } }", "pub struct A; impl A { pub fn new() -> Self { Self } }"),
        ("type X = Vec<u8>; pub fn f() -> X { todo!() }", "pub fn f() -> Vec<u8> { todo!() }"),
        ("pub struct A(u8);", "pub struct A { x: u8 }"),
        ("pub struct A { x: u8 }", "pub struct A { x: u16, y: u8 }"),
        (
            "mod a { pub struct S; } pub use a::S; pub fn f(s: S) {}",
            "mod b { pub struct S; } pub use b::S; pub fn f(s: S) {}",
        ),
        ("mod a { pub struct S; } pub use a::S;", "pub struct S;"),
        ("#[derive(Clone)] pub struct S;", "pub struct S; impl Clone for S { fn clone(&self) -> S { S } }"),
        ("#[cfg(unix)] pub fn f() {} #[cfg(not(unix))] pub fn f() {}", "pub fn f() {}"),
        ("pub fn f(x: core::fmt::Arguments) {}", "pub fn f(x: std::fmt::Arguments<'_>) {}"),
        ("pub trait T { fn a(&self, x: u8); }", "pub trait T { fn a(self: &Self, y: u8); }"),
        ("#[doc(hidden)] pub fn f() {}", ""),
        (
            "pub struct P; impl PartialEq for P { fn eq(&self, o: &P) -> bool { true } }",
            "pub struct P; impl PartialEq<P> for P { fn eq(&self, o: &P) -> bool { true } }",
        ),
    ] {
        assert_eq!(changed(&side(old), &side(new)), Vec::<&str>::new(), "{old}\n{new}");
    }
}

#[test]
fn ways_out_of_a_promise_are_seen() {
    for (old, new, rule) in [
        ("pub fn f() {}", "#[doc(hidden)] pub fn f() {}", "endpoint-removed"),
        ("pub mod a { pub fn f() {} }", "#[doc(hidden)] pub mod a { pub fn f() {} }", "endpoint-removed"),
        ("pub fn f() {}", "#[cfg(unix)] pub fn f() {}", "endpoint-condition-changed"),
        ("pub fn f() {}", "#[cfg(tokio_unstable)] pub fn f() {}", "endpoint-destabilized"),
        ("pub use a::f; mod a { pub fn f() {} }", "mod a { pub fn f() {} }", "endpoint-removed"),
    ] {
        assert!(changed(&side(old), &side(new)).contains(&rule), "{old}\n{new}: {:?}", changed(&side(old), &side(new)));
    }
}
