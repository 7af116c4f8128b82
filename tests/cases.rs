//! Every case below `cases/<rule>/<case>/`: two trees of real Rust text, and the changes between them. With
//! `UPDATE_CASES=1` the expectations are written anew: read the difference before you commit it.

#![expect(clippy::disallowed_methods, clippy::panic, clippy::unwrap_used, reason = "a test reads and writes its cases")]

use cargo_verpolicy::diff::{Options, compare};
use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::model::{Condition, EndpointSet};
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::policy::rules::{rule_by_id, rule_of, rules};
use cargo_verpolicy::tree::MemoryTree;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Of every case that brings no `Cargo.toml` of its own.
const MANIFEST: &str = r#"[package]
name = "shop"
version = "1.0.0"
edition = "2024"

[dependencies]
actix-multipart = "0.8"
actix-web = "4"
actix-web-validator = "7"
axum = "0.8"
axum-extra = { version = "0.12", features = ["query", "typed-header"] }
chrono = "0.4"
dropshot = "0.16"
garde = "0.22"
headers = "0.4"
jiff = "0.2"
poem = "3"
poem-openapi = "5"
rocket = { version = "0.5", features = ["json"] }
rust_decimal = { version = "1", features = ["serde"] }
schemars = "1"
serde = { version = "1", features = ["derive"] }
serde_json = "1"
serde_qs = { version = "1", features = ["axum"] }
serde_repr = "0.1"
serde_with = "3"
strum = "0.27"
time = "0.3"
utoipa = "5"
uuid = { version = "1", features = ["serde"] }
validator = { version = "0.20", features = ["derive"] }
versioning-macros = "0.1"
"#;

/// Cases of which nothing may come: what is equal on the wire.
const SILENT: &str = "silent";

/// Changes that no tree of source can show here, and why.
const WITHOUT_CASE: &[(&str, &str)] =
    &[("package-removed", "said of two workspaces, not of two sets: `tests/history`")];

fn directories(at: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    out.sort();
    out
}

/// How the lines of a tree end.
#[derive(Clone, Copy)]
enum LineEnds {
    AsTheyStand,
    Crlf,
}

fn files(at: &Path, under: &str, ends: LineEnds, tree: MemoryTree) -> MemoryTree {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().fold(tree, |tree, path| {
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), ends, tree)
        } else {
            let content = std::fs::read(&path).unwrap();
            let crlf =
                || String::from_utf8(content.clone()).unwrap().replace("\r\n", "\n").replace('\n', "\r\n").into_bytes();
            tree.file(name, if matches!(ends, LineEnds::Crlf) { crlf() } else { content })
        }
    })
}

fn side(case: &Path, name: &str, ends: LineEnds) -> EndpointSet {
    let root = case.join(name);
    let mut tree = files(&root, "", ends, MemoryTree::new(name));
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
        let when = match &change.condition {
            Condition::Always => String::new(),
            condition => format!(" · when {condition}"),
        };
        out.push_str(&format!("{effect}{possible} {} {}{at}{when}\n", rule.id, change.reaches.join(", ")));
    }
    for blinded in &diff.blinded {
        out.push_str(&format!("incomplete {}\n", blinded.endpoint));
    }
    assert!(diff.compared > 0 || !diff.changes.is_empty(), "nothing was compared");
    out
}

fn below(directory: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(directory)
}

#[test]
fn cases() {
    let root = below("cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in directories(&root).iter().flat_map(|rule| directories(rule)) {
        count += 1;
        let (old, new) = (side(&case, "old", LineEnds::AsTheyStand), side(&case, "new", LineEnds::AsTheyStand));
        let in_crlf = side(&case, "old", LineEnds::Crlf);
        let got = lines(&old, &new);
        let file = case.join("expected");
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&file, &got).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if got != expected {
            wrong.push(format!("{}\nexpected:\n{expected}got:\n{got}", case.display()));
        }
        for (name, set, same) in [("old", &old, &old), ("new", &new, &new), ("old in CRLF", &old, &in_crlf)] {
            let silent = compare(set, same, &Options::default());
            if !silent.changes.is_empty() || !silent.blinded.is_empty() {
                wrong.push(format!("{} {name} against itself: {:?}", case.display(), silent.changes));
            }
        }
    }
    assert!(count >= 25, "only {count} cases were found");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_change_has_a_case() {
    let mut said = BTreeSet::new();
    let mut wrong = Vec::new();
    for directory in directories(&below("cases")) {
        let id = directory.file_name().unwrap().to_str().unwrap();
        let mut named = id == SILENT;
        if id != SILENT && rule_by_id(id).is_none() {
            wrong.push(format!("tests/cases/{id}: no rule of this name"));
        }
        for case in directories(&directory) {
            let expected = std::fs::read_to_string(case.join("expected")).unwrap_or_default();
            let ids = expected.lines().filter_map(|line| line.split(' ').nth(1));
            for rule in ids {
                named |= rule == id;
                said.insert(rule.to_owned());
            }
        }
        if !named {
            wrong.push(format!("tests/cases/{id}: none of its cases says it"));
        }
    }
    let excused = |id: &str| WITHOUT_CASE.iter().any(|(rule, _)| *rule == id);
    // `tests/items.rs` holds the example on the page of each rule over a Rust item.
    let on_its_page = |id: &str| id.starts_with("item-") && id != "item-signature-changed";
    for rule in rules().filter(|rule| rule.effect.is_some()) {
        if !said.contains(rule.id) && !excused(rule.id) && !on_its_page(rule.id) {
            wrong.push(format!("{}: no case below tests/cases says it", rule.id));
        }
        if said.contains(rule.id) && excused(rule.id) {
            wrong.push(format!("{}: it has a case now, and is excused", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of all files below a directory, and of one file.
fn words(at: &Path, out: &mut BTreeSet<String>) {
    if at.is_dir() {
        for entry in std::fs::read_dir(at).unwrap() {
            words(&entry.unwrap().path(), out);
        }
        return;
    }
    let text = std::fs::read_to_string(at).unwrap();
    out.extend(text.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).map(str::to_owned));
}

#[test]
fn every_audit_has_a_history() {
    let mut said = BTreeSet::new();
    words(&below("history/cases"), &mut said);
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/policy");
    for tests in ["tests.rs", "audit_tests.rs", "baseline/tests.rs"] {
        words(&policy.join(tests), &mut said);
    }
    let mut wrong = Vec::new();
    for rule in rules().filter(|rule| rule.effect.is_none()) {
        if !said.contains(rule.id) {
            wrong.push(format!("{}: no history and no test of the policy says it", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
