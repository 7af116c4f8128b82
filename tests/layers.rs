//! The layer order of ARCHITECTURE.md: each layer uses only those that it may.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the source")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each layer may use besides itself. `cli` may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("tree", &["model"]),
    ("snapshot", &["model"]),
    ("package", &["model", "tree"]),
    ("syntax", &["model"]),
    ("extract", &["model", "tree", "package", "syntax"]),
    ("diff", &["model"]),
    ("policy", &["model", "diff"]),
    ("report", &["model", "diff", "policy"]),
    ("config", &[]),
    ("cli", &["model", "tree", "snapshot", "package", "syntax", "extract", "diff", "policy", "report", "config"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(directory: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let test = path.ends_with("tests.rs") || path.ends_with("tests");
        if test {
            // A layer's own tests may look across: nothing is built on them.
        } else if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn layer_of(path: &Path) -> String {
    let relative = path.strip_prefix(source()).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn every_layer_uses_only_what_it_may() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &all {
        let layer = layer_of(path);
        if layer == "lib" || layer == "main" {
            continue;
        }
        seen.insert(layer.clone());
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == layer) else {
            panic!("{layer} is no layer of ARCHITECTURE.md: give it a row here and there");
        };
        let text = std::fs::read_to_string(path).unwrap();
        for (index, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for (name, _) in MAY_USE {
                let uses = code.contains(&format!("crate::{name}::")) || code.contains(&format!("crate::{name};"));
                if uses && *name != layer && !may.contains(name) {
                    wrong.push(format!("{}:{}: {layer} uses {name}", path.display(), index + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let rows: BTreeSet<String> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, rows, "a row without a layer, or a layer without a row");
}

#[test]
fn syn_and_gix_stay_in_their_layers() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    for path in &all {
        let layer = layer_of(path);
        let text = std::fs::read_to_string(path).unwrap();
        let names = |word: &str| {
            text.lines().any(|line| {
                let code = line.split("//").next().unwrap_or_default();
                code.contains(&format!("{word}::"))
            })
        };
        assert!(layer == "syntax" || !names("syn"), "{} uses syn", path.display());
        assert!(layer == "syntax" || !names("proc_macro2"), "{} uses proc_macro2", path.display());
        assert!(layer == "tree" || !names("gix"), "{} uses gix", path.display());
    }
}
