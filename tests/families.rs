//! The families of what can break in a Rust library: pairs of programs, and what must come out. Every lint of the
//! compiler-based checker is named by a pair or left out with a reason; every pair runs through all rules, and each side
//! against itself is silent.
//!
//! `families/<family>.txt` holds the pairs:
//!
//! ```text
//! ## what happens · lints of the checker
//! old: pub fn f() {}
//! new: pub fn f(x: u8) {}
//! => item-parameter-added
//! ```
//!
//! `=> silent` expects nothing. A line may go on in lines that begin with two blanks.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its programs")]

use cargo_verpolicy::diff::{self, compare};
use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::model::EndpointSet;
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::policy::rules::{rule_of, rules};
use cargo_verpolicy::tree::MemoryTree;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The families, as the checker's lints fall into them.
const FAMILIES: [&str; 20] = [
    "abi",
    "consts",
    "deprecated",
    "doc-hidden",
    "enums",
    "features",
    "functions",
    "generics",
    "impls",
    "layout",
    "macros",
    "modules",
    "must-use",
    "ordering",
    "receivers",
    "sealing",
    "structs",
    "target-features",
    "trait-items",
    "unions",
];

/// What no lint of the checker covers.
const BEYOND: [&str; 4] = ["types", "bounds", "additions", "precision"];

struct Pair {
    title: String,
    lints: Vec<String>,
    old: String,
    new: String,
    expected: BTreeSet<String>,
}

fn pairs(family: &str) -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/families/{family}.txt"));
    let text = std::fs::read_to_string(&path).unwrap();
    let mut out: Vec<Pair> = Vec::new();
    let mut last = ' ';
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(head) = line.strip_prefix("## ") {
            let (title, lints) = head.split_once(" · ").unwrap_or((head, ""));
            let lints = lints.split(", ").filter(|l| !l.is_empty()).map(str::to_owned).collect();
            let (old, new, expected) = (String::new(), String::new(), BTreeSet::new());
            out.push(Pair { title: format!("{family}: {title}"), lints, old, new, expected });
            continue;
        }
        let pair = out.last_mut().unwrap();
        if let Some(text) = line.strip_prefix("old:") {
            pair.old.push_str(text);
            last = 'o';
        } else if let Some(text) = line.strip_prefix("new:") {
            pair.new.push_str(text);
            last = 'n';
        } else if let Some(text) = line.strip_prefix("=>") {
            let rules = text.split_whitespace().filter(|rule| *rule != "silent");
            pair.expected = rules.map(str::to_owned).collect();
            last = ' ';
        } else if last == 'o' {
            pair.old.push_str(&format!("\n{line}"));
        } else {
            assert_eq!(last, 'n', "{}: what is `{line}`?", pair.title);
            pair.new.push_str(&format!("\n{line}"));
        }
    }
    out
}

/// What a program is a library with: a text that begins with a table is a manifest's, before `---`.
fn side(text: &str) -> EndpointSet {
    let (more, text) = match text.split_once("---") {
        Some((more, text)) => (more.replace("; ", "\n"), text),
        None => (String::new(), text),
    };
    let lib = if text.contains("proc_macro") { "[lib]\nproc-macro = true\n" } else { "" };
    let edition = if more.contains("edition") { "" } else { "edition = \"2024\"\n" };
    let manifest = format!("[package]\nname = \"shop\"\nversion = \"1.0.0\"\n{edition}{more}\n{lib}");
    let tree = MemoryTree::new("side").file("Cargo.toml", manifest).file("src/lib.rs", text);
    let workspace = read_workspace(&tree, "").unwrap();
    let options = extract::Options { public_items: true, ..extract::Options::default() };
    let read = extract::endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &options);
    read.sets.into_iter().next().unwrap()
}

fn changed(old: &EndpointSet, new: &EndpointSet) -> BTreeSet<String> {
    let options = diff::Options { implicit_public: true, ..diff::Options::default() };
    let diff = compare(old, new, &options);
    let blinded = diff.blinded.iter().map(|_| "incomplete".to_owned());
    diff.changes.iter().map(|change| rule_of(change.kind).id.to_owned()).chain(blinded).collect()
}

#[test]
fn every_family_is_told() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for family in FAMILIES.into_iter().chain(BEYOND) {
        let pairs = pairs(family);
        let silent = pairs.iter().filter(|pair| pair.expected.is_empty()).count();
        assert!(
            pairs.len() > silent && silent > 0 || family == "precision",
            "{family}: both kinds of pairs are needed"
        );
        for pair in pairs {
            let (old, new) = (side(&pair.old), side(&pair.new));
            let found = changed(&old, &new);
            if found != pair.expected {
                wrong.push(format!("{}\n  found    {found:?}\n  expected {:?}", pair.title, pair.expected));
            }
            for (word, set) in [("old", &old), ("new", &new)] {
                assert_eq!(changed(set, set), BTreeSet::new(), "{}: {word} against itself", pair.title);
            }
            used.extend(pair.expected);
        }
    }
    let known: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    let unknown: Vec<&String> = used.iter().filter(|rule| !known.contains(rule.as_str())).collect();
    assert!(unknown.is_empty(), "no such rules: {unknown:?}");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_lint_of_the_checker_has_a_pair() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/families/lints.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for family in FAMILIES {
        for pair in pairs(family) {
            for lint in pair.lints {
                *seen.entry(lint).or_default() += 1;
            }
        }
    }
    // `lint` or `lint: why it has no pair`.
    let lints: BTreeMap<&str, Option<&str>> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(": ").map_or((line, None), |(lint, why)| (lint, Some(why))))
        .collect();
    let missing: Vec<&str> =
        lints.iter().filter(|(lint, why)| why.is_none() && !seen.contains_key(**lint)).map(|(lint, _)| *lint).collect();
    let strange: Vec<&String> = seen.keys().filter(|lint| !lints.contains_key(lint.as_str())).collect();
    assert!(missing.is_empty(), "{} without a pair: {missing:#?}", missing.len());
    assert!(strange.is_empty(), "no such lints: {strange:?}");
}
