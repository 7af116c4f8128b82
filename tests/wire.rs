//! What programs really read and write: `wire/facts.txt` was recorded from runs of the types in `wire/src/cases.rs`, and
//! every fact must hold the schemas that `list` shows for them.
//!
//! `# case` begins a case; `+` is JSON that the type is read from, `-` JSON that is refused, `>` JSON that is written.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its programs")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The schemas of request and answer, by case.
fn schemas(at: &Path) -> BTreeMap<String, [jsonschema::Validator; 2]> {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-verpolicy"))
        .args(["list", "--implicit", "routes", "--format", "json"])
        .current_dir(at)
        .env("CARGO_HOME", home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let endpoints = list["packages"][0]["endpoints"].as_array().unwrap();
    let of = |content: &Value| jsonschema::draft202012::new(&content["content"]["application/json"]).unwrap();
    endpoints
        .iter()
        .filter(|endpoint| endpoint["method"] == "POST")
        .map(|endpoint| {
            let name = endpoint["path"].as_str().unwrap().trim_start_matches('/').to_owned();
            (name, [of(&endpoint["request"]["body"]), of(&endpoint["responses"]["200"])])
        })
        .collect()
}

#[test]
fn schemas_hold_what_programs_read_and_write() {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/wire");
    let schemas = schemas(&at);
    let facts = std::fs::read_to_string(at.join("facts.txt")).unwrap();
    let mut case = "";
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in facts.lines().filter(|line| !line.is_empty()) {
        let (mark, json) = line.split_at(2);
        if mark == "# " {
            case = json;
            continue;
        }
        let [read, written] = &schemas[case];
        let value: Value = serde_json::from_str(json).unwrap();
        let holds = match mark {
            "+ " => read.is_valid(&value),
            "- " => !read.is_valid(&value),
            _ => written.is_valid(&value),
        };
        checked += 1;
        if !holds {
            wrong.push(format!("{case}: {line}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} facts do not hold:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 1_000, "{checked} facts");
}
