//! Names, types and modules of small crates in memory.

use super::*;
use crate::tree::MemoryTree;

mod modules;
mod names;
mod types;
mod values;

/// One package `my` with these files.
fn load(files: &[(&str, &str)]) -> Crates {
    let manifest = "[package]\nname = \"my\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\n\
                    axum = \"0.8\"\nactix-web = \"4\"\nserde = \"1\"\nverp = { package = \"versioning-macros\", version = \"0.1\" }\n\
                    dep = { path = \"dep\" }\n";
    let dep = "[package]\nname = \"dep\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\naxum = \"0.8\"\n";
    let mut all = vec![("Cargo.toml", manifest), ("dep/Cargo.toml", dep)];
    if !files.iter().any(|(path, _)| *path == "dep/src/lib.rs") {
        all.push(("dep/src/lib.rs", ""));
    }
    all.extend_from_slice(files);
    load_tree(&all, &Options::default())
}

fn load_tree(files: &[(&str, &str)], options: &Options) -> Crates {
    let tree = MemoryTree::of(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    let workspace = crate::package::read_workspace(&tree, "").expect("a workspace");
    assert_eq!(workspace.problems, []);
    Crates::load(&tree, &workspace, &FactsStore::default(), None, options)
}

/// The module of this path.
fn module(crates: &Crates, path: &str) -> ModuleId {
    let at = crates.modules.iter().position(|m| m.path == path).unwrap_or_else(|| panic!("no module {path}"));
    ModuleId(u32::try_from(at).expect("small"))
}

fn path_of(text: &str) -> Path {
    RawTokens::from(text).path().unwrap_or_else(|| panic!("no path {text}"))
}

/// What a path names, as text.
fn names(crates: &Crates, at: &str, path: &str, namespace: Namespace) -> String {
    match crates.resolve(module(crates, at), &path_of(path), namespace) {
        Resolved::Def(def) => crates.def(def).expect("a definition").path.to_owned(),
        Resolved::Module(id) => format!("mod {}", crates.module_path(id)),
        Resolved::Member(def, name) => format!("{}.{name}", crates.def(def).expect("a definition").path),
        Resolved::Foreign(path) => format!("::{path}"),
        Resolved::Primitive(name) => format!("primitive {name}"),
        Resolved::Unresolved => "?".to_owned(),
    }
}

fn scope(crates: &Crates, at: &str) -> Scope {
    Scope { module: module(crates, at), params: BTreeMap::new(), self_ty: None }
}

/// A type as text, resolved.
fn ty(crates: &Crates, at: &str, text: &str) -> String {
    let ty = RawTokens::from(text).ty().unwrap_or_else(|| panic!("no type {text}"));
    let found = crates.ty(&scope(crates, at), &ty);
    match found {
        Ty::Unresolved(text) => format!("? {text}"),
        found => crates.ty_text(&found),
    }
}

/// Blind spots as `word file:line hides`.
fn blind(crates: &Crates) -> Vec<String> {
    let mut out: Vec<String> = crates
        .blind_spots
        .iter()
        .map(|b| {
            let place = b.spot.place.as_ref().map(|p| format!("{}:{}", p.file, p.line)).unwrap_or_default();
            format!("{} {place} {}", b.spot.kind.word(), b.spot.hides.as_deref().unwrap_or("-"))
        })
        .collect();
    out.sort();
    out
}
