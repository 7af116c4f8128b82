//! Policies through the command line: every vector of the four texts, wrong policy files, the schema, the guide, and one
//! change under all policies.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test runs the tool")]

#[path = "policies/files.rs"]
mod files;
#[path = "policies/same_change.rs"]
mod same_change;
#[path = "policies/vectors.rs"]
mod vectors;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where this package stands.
fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The policy that the guide teaches with.
fn calendar() -> String {
    package().join("policies/examples/calendar.toml").display().to_string()
}

/// Runs the tool in a directory, with an environment of its own.
fn run_in(directory: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-verpolicy"));
    command.arg("verpolicy").args(args).current_dir(directory).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).output().unwrap()
}

fn run(args: &[&str]) -> Output {
    run_in(&package(), args)
}

fn json(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|e| {
        let errors = String::from_utf8_lossy(&output.stderr);
        unreachable!("{e}: {text}{errors}")
    })
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
