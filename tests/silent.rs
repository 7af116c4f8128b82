//! What users cannot notice is no change. Below `silent/<framework>/` stand two trees of one server: in the second one
//! bodies, formatting, comments, imports, aliases, Rust names of types and variables, modules, the order of items,
//! fields and attributes, and the names of path parameters are others.

#![expect(clippy::disallowed_methods, clippy::panic, clippy::unwrap_used, reason = "a test reads its programs")]

use cargo_verpolicy::diff::{Diff, Options, compare};
use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::model::EndpointSet;
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::tree::MemoryTree;
use std::path::{Path, PathBuf};

/// Framework, and how many endpoints each tree serves.
const SERVERS: &[(&str, usize)] = &[
    ("actix", 4),
    ("dropshot", 3),
    ("hand-written", 1),
    ("marked-axum", 3),
    ("poem-openapi", 3),
    ("rocket", 3),
    ("ruma", 2),
    ("utoipa-axum", 3),
];

fn root(framework: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/silent").join(framework)
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

fn side(framework: &str, name: &str) -> EndpointSet {
    let tree = files(&root(framework).join(name), "", MemoryTree::new(name));
    let workspace = read_workspace(&tree, "").unwrap_or_else(|e| panic!("{framework} {name}: {e}"));
    let read = extract::endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &extract::Options::default());
    assert!(read.mark_errors.is_empty(), "{framework} {name}: {:?}", read.mark_errors);
    read.sets.into_iter().next().unwrap_or_else(|| panic!("{framework} {name}: no package"))
}

fn said(diff: &Diff) -> String {
    let changes =
        diff.changes.iter().map(|c| format!("\n  {:?} {} {:?} -> {:?} {:?}", c.kind, c.at, c.was, c.is, c.reaches));
    let blinded = diff.blinded.iter().map(|b| format!("\n  blinded {}", b.endpoint));
    changes.chain(blinded).collect()
}

#[test]
fn what_users_cannot_notice_is_no_change() {
    let mut wrong = String::new();
    for (framework, endpoints) in SERVERS {
        let (old, new) = (side(framework, "old"), side(framework, "new"));
        for (name, set) in [("old", &old), ("new", &new)] {
            if set.endpoints.len() != *endpoints {
                let found: Vec<String> = set.endpoints.iter().map(|e| format!("{:?}", e.key)).collect();
                wrong.push_str(&format!("\n{framework} {name}: {} endpoints: {found:#?}", found.len()));
            }
        }
        for (way, a, b) in [("forth", &old, &new), ("back", &new, &old), ("old", &old, &old), ("new", &new, &new)] {
            let diff = compare(a, b, &Options { implicit_routes: true, ..Options::default() });
            let text = said(&diff);
            if !text.is_empty() || diff.compared != *endpoints {
                wrong.push_str(&format!("\n{framework} {way}: {} compared{text}", diff.compared));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_tree_is_tested() {
    let mut found: Vec<String> =
        std::fs::read_dir(root("")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    let listed: Vec<&str> = SERVERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, listed);
}
