//! Tables: Rust source, a type, a direction and a reader → the shape as compact text.

mod code;
mod enums;
mod fields;
mod render;
mod text;
mod types;
mod vectors;

use super::Lowering;
use crate::extract::crates::{Crates, ModuleId, Scope};
use crate::extract::{FactsStore, Options};
use crate::model::{Direction, In, Reader};
use crate::package::read_workspace;
use crate::syntax::facts::RawTokens;
use crate::tree::MemoryTree;

const MANIFEST: &str = r#"
[package]
name = "k"
version = "1.0.0"
edition = "2021"
[dependencies]
axum = "0.8"
bytes = "1"
chrono = "0.4"
deserr = "0.6"
dropshot = "0.16"
humantime-serde = "1"
indexmap = "2"
jiff = "0.2"
other = "3"
poem-openapi = "5"
rocket = "0.5"
rkyv = "0.8"
rust_decimal = "1"
schemars = "0.8"
serde = "1"
serde_bytes = "0.11"
serde_json = "1"
serde-value = "0.7"
serde_repr = "0.1"
serde_with = "3"
smallvec = "1"
strum = "0.27"
time = "0.3"
url = "2"
uuid = "1"
"#;

/// What every source begins with.
const PRELUDE: &str = "use serde::{Deserialize, Serialize};\nuse std::collections::{HashMap, HashSet};\n";

pub(super) fn crates(source: &str) -> Crates {
    let source =
        format!("{PRELUDE}{source}").replace("#[d]", "#[derive(Serialize, Deserialize)]").replace("#[s(", "#[serde(");
    let tree = MemoryTree::of([("Cargo.toml", MANIFEST.to_owned()), ("src/lib.rs", source)]);
    let workspace = read_workspace(&tree, "").expect("the manifest");
    Crates::load(&tree, &workspace, &FactsStore::default(), None, &Options::default())
}

pub(super) fn ty(crates: &Crates, text: &str) -> crate::extract::crates::Ty {
    let scope = Scope { module: ModuleId(0), params: std::collections::BTreeMap::new(), self_ty: None };
    crates.ty(&scope, &RawTokens::from(text).ty().expect(text))
}

/// The shape of `T` (or of `type_text`) as text.
pub(super) fn shape(source: &str, type_text: &str, direction: Direction, reader: Reader) -> String {
    let crates = crates(source);
    let mut lowering = Lowering::new(&crates);
    let ty = ty(&crates, type_text);
    let id = lowering.value(&ty, direction, reader);
    render::render(&lowering.shapes, id)
}

pub(super) fn input(source: &str, type_text: &str) -> String {
    shape(source, type_text, Direction::Input, Reader::Json)
}

pub(super) fn output(source: &str, type_text: &str) -> String {
    shape(source, type_text, Direction::Output, Reader::Json)
}

/// The parameters of a type as text.
pub(super) fn parameters(source: &str, type_text: &str, place_in: In, reader: Reader) -> String {
    let crates = crates(source);
    let mut lowering = Lowering::new(&crates);
    let ty = ty(&crates, type_text);
    let read = lowering.parameters(&ty, place_in, reader, "p");
    render::parameters(&lowering.shapes, &read)
}

/// Runs a table of (source, type, expected), and names every row that differs.
pub(super) fn check(run: impl Fn(&str, &str) -> String, rows: &[(&str, &str, &str)]) {
    let mut wrong = String::new();
    for (source, ty, expected) in rows {
        let found = run(source, ty);
        if found != *expected {
            wrong.push_str(&format!("\n{ty} in `{source}`\n  expected {expected}\n  found    {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Runs a table of (source of `T`, expected as read, expected as written).
pub(super) fn both(rows: &[(&str, &str, &str)]) {
    let read: Vec<_> = rows.iter().map(|(source, read, _)| (*source, "T", *read)).collect();
    let written: Vec<_> = rows.iter().map(|(source, _, written)| (*source, "T", *written)).collect();
    check(input, &read);
    check(output, &written);
}
