//! Small git histories, each built in a temporary directory, and what the program says of them.
//!
//! The histories and the expected answers stand in `history/cases/*.txt`; `history/case.rs` describes the format. With
//! `SNAPSHOTS=overwrite` in the environment the answers are written instead of compared.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests build their own files and fail by panicking"
)]

#[path = "history/answer.rs"]
mod answer;
#[path = "history/broken.rs"]
mod broken;
#[path = "history/case.rs"]
mod case;
#[path = "history/project.rs"]
mod project;
#[path = "history/sandbox.rs"]
mod sandbox;
#[path = "schemas.rs"]
mod schemas;

macro_rules! files {
    ($($name:ident)*) => {
        /// Every file of cases has a test of its own, so that they run side by side.
        const FILES: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                case::run_file(stringify!($name));
            }
        )*
    };
}

files! {
    acceptances audits baseline blind broken_input calendar changelog conditions declared exits explain first_release fix history
    init items keys lines members next packages pending plan pull_request since stricter supports tags verdict
}

macro_rules! examples {
    ($($name:ident)*) => {
        /// Examples with a history: `examples/<name>/history.txt`.
        const EXAMPLES: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                case::run_example(stringify!($name));
            }
        )*
    };
}

examples! {
    chain matrix semver soundstorm sponge
}

#[test]
fn every_example_with_a_history_is_run() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut found: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("history.txt").is_file())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, EXAMPLES);
}

#[test]
fn every_file_of_cases_is_run() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/history/cases");
    let mut found: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, FILES);
}
