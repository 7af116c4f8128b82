//! Our own small programs, one a framework, below `frameworks/`: each shape of it in a module of its own. What is read of
//! them stands beside each in `expected.txt`; that they compile is held by the workspace of `stacks/`. With
//! `UPDATE_FRAMEWORKS=1` the expectations are written anew: read the difference before you commit it.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads and writes its programs"
)]

use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::report::{Canvas, FORMATS, ListedPackage, Listing};
use cargo_verpolicy::tree::MemoryTree;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/frameworks")
}

fn sorted(at: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    entries
}

fn files(at: &Path, under: &str, tree: MemoryTree) -> MemoryTree {
    sorted(at).into_iter().fold(tree, |tree, path| {
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), tree)
        } else if name == "Cargo.toml" {
            // Read by itself, it is the workspace.
            let text = std::fs::read_to_string(&path).unwrap();
            tree.file(name, text.lines().filter(|line| !line.starts_with("workspace =")).collect::<Vec<_>>().join("\n"))
        } else {
            tree.file(name, std::fs::read(&path).unwrap())
        }
    })
}

/// What `list --format json` says of a program, a line a fact.
fn read(program: &Path) -> String {
    let name = program.file_name().unwrap().to_str().unwrap();
    let tree = files(program, "", MemoryTree::new(name));
    let workspace = read_workspace(&tree, "").unwrap_or_else(|e| panic!("{name}: {e}"));
    let read = extract::endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &extract::Options::default());
    assert!(read.mark_errors.is_empty(), "{name}: {:?}", read.mark_errors);
    let packages = read.sets.into_iter().map(|set| ListedPackage { set, unmarked: 0, origin: name.to_owned() });
    let listing = Listing { packages: packages.collect() };
    let json = FORMATS.iter().find(|format| format.id == "json").and_then(|format| format.list).unwrap();
    let listed: Value = serde_json::from_str(&json(&listing, &Canvas::default())).unwrap();
    let package = listed.pointer("/packages/0").unwrap();
    let mut out = String::new();
    for endpoint in package.get("endpoints").and_then(Value::as_array).unwrap() {
        out.push_str(&lines(endpoint));
    }
    for spot in package.get("blind_spots").and_then(Value::as_array).unwrap() {
        let text = |key: &str| spot.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        out.push_str(&format!("blind spot: {}: {} ({})\n", text("file"), text("detail"), text("kind")));
    }
    out
}

fn lines(endpoint: &Value) -> String {
    let text = |key: &str| endpoint.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut out = format!("{} = {}", text("id"), text("handler"));
    for key in ["condition", "deprecated", "published"] {
        match endpoint.get(key) {
            None | Some(Value::Null) => {}
            Some(value) => out.push_str(&format!(" {key} {value}")),
        }
    }
    out.push('\n');
    for parameter in at(endpoint, "/request/parameters").as_array().into_iter().flatten() {
        let optional = if at(parameter, "/required") == &Value::Bool(true) { "" } else { "?" };
        let [place, name] = ["in", "name"].map(|key| parameter.get(key).and_then(Value::as_str).unwrap_or_default());
        out.push_str(&format!("    {place} {name}{optional} {}\n", at(parameter, "/schema")));
    }
    if let Some(body) = endpoint.pointer("/request/body").filter(|body| !body.is_null()) {
        let optional = if at(body, "/required") == &Value::Bool(true) { "" } else { "?" };
        for (kind, schema) in at(body, "/content").as_object().into_iter().flatten() {
            out.push_str(&format!("    body{optional} {kind} {schema}\n"));
        }
    }
    for (status, answer) in at(endpoint, "/responses").as_object().into_iter().flatten() {
        let headers: String =
            at(answer, "/headers").as_object().into_iter().flatten().map(|(k, _)| format!(" {k}")).collect();
        let content = at(answer, "/content").as_object().into_iter().flatten();
        let content: Vec<String> = content.map(|(kind, schema)| format!(" {kind} {schema}")).collect();
        out.push_str(&format!("    {status}{}{headers}\n", content.join(" or")));
    }
    out
}

fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

#[test]
fn every_program_is_read_as_expected() {
    let mut wrong = String::new();
    for program in sorted(&root()).iter().filter(|path| path.is_dir()) {
        let expected = program.join("expected.txt");
        let found = read(program);
        if std::env::var_os("UPDATE_FRAMEWORKS").is_some() {
            std::fs::write(&expected, &found).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push_str(&format!("\n{}:\n{found}", program.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_program_is_compiled() {
    let members = std::fs::read_to_string(root().join("../stacks/Cargo.toml")).unwrap();
    for program in sorted(&root()).iter().filter(|path| path.is_dir()) {
        let name = program.file_name().unwrap().to_str().unwrap();
        assert!(members.contains(&format!("\"../frameworks/{name}\"")), "tests/stacks/Cargo.toml lacks {name}");
    }
}
