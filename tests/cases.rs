//! Every case below `cases/<rule>/<case>/`: two trees of real Rust text, and the changes between them. With
//! `UPDATE_CASES=1` the expectations are written anew: read the difference before you commit it.

#![expect(clippy::disallowed_methods, clippy::panic, clippy::unwrap_used, reason = "a test reads and writes its cases")]

use cargo_verpolicy::diff::{Options, compare};
use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::model::EndpointSet;
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::policy::rules::rule_of;
use cargo_verpolicy::tree::MemoryTree;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[dependencies]\naxum = \"0.8\"\n\
    axum-extra = { version = \"0.12\", features = [\"query\"] }\nchrono = \"0.4\"\ntime = \"0.3\"\njiff = \"0.2\"\n\
    serde = { version = \"1\", features = [\"derive\"] }\nserde_repr = \"0.1\"\nserde_with = \"3\"\nversioning-macros = \"0.1\"\n";

fn directories(at: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    out.sort();
    out
}

fn files(at: &Path, under: &str, tree: MemoryTree) -> MemoryTree {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().fold(tree, |tree, path| {
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), tree)
        } else {
            tree.file(name, std::fs::read(&path).unwrap())
        }
    })
}

fn side(case: &Path, name: &str) -> EndpointSet {
    let root = case.join(name);
    let mut tree = files(&root, "", MemoryTree::new(name));
    if !root.join("Cargo.toml").exists() {
        tree = tree.file("Cargo.toml", MANIFEST);
    }
    let workspace = read_workspace(&tree, "").unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let read = extract::endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &extract::Options::default());
    assert!(read.mark_errors.is_empty(), "{}: {:?}", root.display(), read.mark_errors);
    read.sets.into_iter().next().unwrap_or_else(|| panic!("{}: no package", root.display()))
}

fn lines(old: &EndpointSet, new: &EndpointSet) -> String {
    let diff = compare(old, new, &Options::default());
    let mut out = String::new();
    for change in &diff.changes {
        let rule = rule_of(change.kind);
        let effect = format!("{:?}", rule.effect.unwrap()).to_lowercase();
        let possible = if format!("{:?}", rule.level) == "Warn" { "?" } else { "" };
        let at = if change.at.is_empty() { String::new() } else { format!(" · {}", change.at) };
        out.push_str(&format!("{effect}{possible} {} {}{at}\n", rule.id, change.reaches.join(", ")));
    }
    for blinded in &diff.blinded {
        out.push_str(&format!("incomplete {}\n", blinded.endpoint));
    }
    assert!(diff.compared > 0 || !diff.changes.is_empty(), "nothing was compared");
    out
}

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in directories(&root).iter().flat_map(|rule| directories(rule)) {
        count += 1;
        let (old, new) = (side(&case, "old"), side(&case, "new"));
        let got = lines(&old, &new);
        let file = case.join("expected");
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&file, &got).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if got != expected {
            wrong.push(format!("{}\nexpected:\n{expected}got:\n{got}", case.display()));
        }
        for (name, set) in [("old", &old), ("new", &new)] {
            let silent = compare(set, set, &Options::default());
            assert!(silent.changes.is_empty(), "{} {name} against itself: {:?}", case.display(), silent.changes);
        }
    }
    assert!(count >= 25, "only {count} cases were found");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
