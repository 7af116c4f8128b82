//! The vectors in `vectors.txt`, through the command line.
//!
//! A line `> …` is the sentence of the text that the lines below it hold to. The others are
//!
//! ```text
//! parse POLICY TEXT = CANONICAL, Cargo's spelling, state[, api V released|develops D][, implementation N][, warned]
//! wrong POLICY TEXT = COMPONENT COLUMN
//! order POLICY A < B = C < …
//! compat POLICY A B = yes|no
//! bump POLICY FROM TO = BUMP [DATE]
//! next POLICY FROM CHANGE = VERSION [DATE]      CHANGE is `nothing`, `added` or `removed`
//! ```

use super::{calendar, json, run, run_in};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const VECTORS: &str = include_str!("vectors.txt");

#[test]
fn every_vector_holds() {
    let mut sentence = "";
    let mut wrong = String::new();
    let mut count = 0;
    for line in VECTORS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(text) = line.strip_prefix("> ") {
            sentence = text;
            continue;
        }
        count += 1;
        let (asked, expected) = line.split_once(" = ").unwrap_or((line, ""));
        let words: Vec<&str> = asked.split_whitespace().collect();
        let policy = if words[1] == "calendar" { calendar() } else { words[1].to_owned() };
        let found = match words[0] {
            "parse" => parse(&policy, words[2]),
            "wrong" => refused(&policy, words[2]),
            // The first `=` of an order is one of its signs.
            "order" => order(&policy, line),
            "compat" => compat(&policy, words[2], words[3]),
            "bump" => check(&policy, words[2], words[3], expected),
            "next" => next(&policy, words[2], words[3], expected),
            other => unreachable!("{other}"),
        };
        let expected = if words[0] == "order" { "" } else { expected };
        if found != expected {
            let _ = writeln!(wrong, "{line}\n  it is `{found}`\n  for: {sentence}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 150, "{count}");
}

fn version(action: &str, policy: &str, texts: &[&str]) -> (Value, i32) {
    let mut args = vec!["version", action];
    args.extend(texts);
    args.extend(["--policy", policy, "--format", "json"]);
    let output = run(&args);
    (json(&output), output.status.code().unwrap())
}

/// Has exactly the keys of the issue, and what was added since.
fn parse(policy: &str, text: &str) -> String {
    const KEYS: [&str; 12] = [
        "api",
        "canonical",
        "cargo",
        "components",
        "implementation",
        "policy",
        "prerelease",
        "recommended",
        "released",
        "schema",
        "text",
        "warnings",
    ];
    let (value, code) = version("parse", policy, &[text]);
    if code != 0 {
        return value["message"].to_string();
    }
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, KEYS);
    assert_eq!((&value["schema"], &value["text"]), (&"verpolicy.version/1".into(), &text.into()));
    let word = |key: &str| value[key].as_str().unwrap().to_owned();
    let state = match (&value["prerelease"], &value["released"], &value["recommended"]) {
        (Value::Bool(true), Value::Bool(false), Value::Null | Value::Bool(false)) => "pre-release",
        (Value::Bool(false), Value::Bool(true), Value::Null) => "released",
        (Value::Bool(false), Value::Bool(true), Value::Bool(true)) => "recommended",
        _ => "nonsense",
    };
    let mut out = format!("{}, {}, {state}", word("canonical"), word("cargo"));
    if let Value::Object(api) = &value["api"] {
        assert_eq!(api.keys().collect::<Vec<_>>(), ["develops", "released", "version"]);
        let _ = write!(out, ", api {}", api["version"].as_str().unwrap());
        out.push_str(if api["released"] == true { " released" } else { "" });
        if let Some(develops) = api["develops"].as_str() {
            let _ = write!(out, " develops {develops}");
        }
    }
    if let Some(number) = value["implementation"].as_u64() {
        let _ = write!(out, ", implementation {number}");
    }
    if value["warnings"] != serde_json::json!([]) {
        out.push_str(", warned");
    }
    // Both spellings read back as the same version.
    for spelling in [word("canonical"), word("cargo")] {
        let (back, _) = version("compare", policy, &[&spelling, text]);
        assert_eq!(back, serde_json::json!({ "ordering": "equal" }), "{spelling} {text}");
    }
    out
}

fn refused(policy: &str, text: &str) -> String {
    let (value, code) = version("parse", policy, &[if text == "\"\"" { "" } else { text }]);
    assert_eq!((code, &value["kind"]), (101, &"version".into()), "{text}: {value}");
    // `… is not a version (MAJOR.MINOR.PATCH): minor, column 3: expected …`
    let message = value["message"].as_str().unwrap();
    let rest = message.split("): ").nth(1).unwrap();
    let (component, rest) = rest.split_once(", column ").unwrap();
    format!("{component} {}", rest.split(':').next().unwrap())
}

fn order(policy: &str, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().skip(2).collect();
    let mut wrong = String::new();
    for step in words.windows(3).step_by(2) {
        let expected = if step[1] == "<" { ("less", "greater") } else { ("equal", "equal") };
        for (a, b, expected) in [(step[0], step[2], expected.0), (step[2], step[0], expected.1)] {
            let (value, code) = version("compare", policy, &[a, b]);
            if code != 0 || value != serde_json::json!({ "ordering": expected }) {
                let _ = write!(wrong, "{a} {b}: {value}; ");
            }
        }
    }
    wrong
}

fn compat(policy: &str, a: &str, b: &str) -> String {
    let (value, code) = version("compat", policy, &[a, b]);
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["because", "compatible"]);
    match (&value["compatible"], code) {
        (Value::Bool(true), 0) => "yes".to_owned(),
        (Value::Bool(false), 100) => "no".to_owned(),
        _ => format!("{value} {code}"),
    }
}

/// A package of one version with these endpoints.
fn project(directory: &Path, version: &str, endpoints: &[&str]) {
    fs::create_dir_all(directory.join("src")).unwrap();
    let manifest = format!("[package]\nname = \"p\"\nversion = \"{version}\"\nedition = \"2024\"\n\n[workspace]\n");
    fs::write(directory.join("Cargo.toml"), manifest).unwrap();
    let function = |name: &&str| {
        let since = if directory.ends_with("new") && *name == "b" { "next" } else { "1.0" };
        format!("/// It.\n#[versioning_macros::api(item, since = \"{since}\")]\npub fn {name}() {{}}\n")
    };
    let functions: String = endpoints.iter().map(function).collect();
    fs::write(directory.join("src/lib.rs"), functions).unwrap();
}

fn cargo(policy: &str, text: &str) -> String {
    version("parse", policy, &[text]).0["cargo"].as_str().unwrap().to_owned()
}

fn day(expected: &str) -> &str {
    expected.split_whitespace().nth(1).unwrap_or("2026-01-15")
}

fn check(policy: &str, from: &str, to: &str, expected: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    project(&directory.path().join("old"), &cargo(policy, from), &["a"]);
    project(&directory.path().join("new"), &cargo(policy, to), &["a"]);
    let date = day(expected);
    let args = ["check", "--policy", policy, "--date", date, "--format", "json", "--baseline", "path:../old"];
    let value = json(&run_in(&directory.path().join("new"), &args));
    let package = &value["packages"][0];
    let found = match (package["declared"].as_str(), package["verdict"].as_str()) {
        (Some(bump), _) => bump,
        (None, Some("fail")) => "behind",
        (None, _) => "pending",
    };
    expected.replacen(expected.split_whitespace().next().unwrap(), found, 1)
}

fn next(policy: &str, from: &str, change: &str, expected: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    let version = cargo(policy, from);
    let (old, new): (&[&str], &[&str]) = match change {
        "nothing" => (&["a"], &["a"]),
        "added" => (&["a"], &["a", "b"]),
        "removed" => (&["a", "b"], &["a"]),
        other => unreachable!("{other}"),
    };
    project(&directory.path().join("old"), &version, old);
    project(&directory.path().join("new"), &version, new);
    let date = day(expected);
    let args = ["next", "--policy", policy, "--date", date, "--baseline", "path:../old"];
    let output = run_in(&directory.path().join("new"), &args);
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let found = if found.is_empty() { "none".to_owned() } else { found };
    expected.replacen(expected.split_whitespace().next().unwrap(), &found, 1)
}
