//! Every example against the snapshot of its last release: exit code and golden report, as the README's first command
//! shows it. `SNAPSHOTS=overwrite` writes the reports anew.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test runs the tool")]

use snapbox::{Assert, Data};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Each example and the exit code of its check.
const EXAMPLES: &[(&str, i32)] = &[("actix-service", 100), ("axum-service", 0), ("library", 0)];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").canonicalize().unwrap()
}

fn run(example: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-verpolicy"));
    command.arg("verpolicy").args(args).arg("--manifest-path").arg(format!("examples/{example}/Cargo.toml"));
    command.current_dir(examples().parent().unwrap());
    // Whatever the machine's environment says of colours, cargo and git must not matter.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_TERM") || text.starts_with("GIT_") || text.contains("COLOR") || text == "COLUMNS" {
            command.env_remove(name);
        }
    }
    command.output().unwrap()
}

#[test]
fn every_example_is_tested() {
    let mut found: Vec<String> = std::fs::read_dir(examples())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        // Those with a history of releases are run by `tests/history.rs`.
        .filter(|path| path.is_dir() && !path.join("history.txt").is_file())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let rows: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, rows, "an example without a row, or a row without an example");
}

#[test]
fn every_report_is_golden() {
    for (example, code) in EXAMPLES {
        let baseline = format!("snapshot:examples/{example}/verpolicy.snapshot.json");
        let output = run(example, &["check", "--date", "2026-11-22", "--baseline", &baseline]);
        assert_eq!(output.status.code(), Some(*code), "{example}: {}", String::from_utf8_lossy(&output.stderr));
        let golden = examples().join(example).join("report.txt");
        let actual = String::from_utf8(output.stdout).unwrap();
        Assert::new().action_env("SNAPSHOTS").eq(Data::text(actual), Data::read_from(&golden, None));
    }
}

#[test]
fn the_snapshot_lists_what_was_released() {
    for (example, _) in EXAMPLES {
        let origin = format!("snapshot:examples/{example}/verpolicy.snapshot.json");
        let output = run(example, &["list", &origin, "--format", "short"]);
        assert_eq!(output.status.code(), Some(0), "{example}: {}", String::from_utf8_lossy(&output.stderr));
        let golden = examples().join(example).join("released.txt");
        let actual = String::from_utf8(output.stdout).unwrap();
        Assert::new().action_env("SNAPSHOTS").eq(Data::text(actual), Data::read_from(&golden, None));
    }
}

#[test]
fn a_tree_against_itself_is_silent() {
    for (example, _) in EXAMPLES {
        let directory = format!("path:examples/{example}");
        let output = run(example, &["diff", &directory, &directory, "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{example}: {}", String::from_utf8_lossy(&output.stderr));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        for package in report["packages"].as_array().unwrap() {
            assert_eq!(package["findings"], serde_json::json!([]), "{example}");
        }
    }
}
