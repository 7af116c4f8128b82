//! Every command in bad surroundings: no home, no cargo, odd paths, other line ends, files that may not be written,
//! standard output that is full or closed. What a command answers does not depend on them.

#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "tests build their own files and fail by panicking; the sandbox serves other tests too"
)]

#[path = "history/project.rs"]
mod project;
#[path = "history/sandbox.rs"]
mod sandbox;

use sandbox::{Sandbox, TODAY};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Commands that write nothing.
const READING: &[&str] = &[
    "check",
    "check --pr main",
    "check --release",
    "check --format json",
    "check --format html",
    "check --fix --dry-run",
    "diff v1.0.0",
    "list --implicit routes",
    "next",
    "plan",
    "supports git:v1.0.0",
    "changelog",
    "history",
    "init --dry-run",
    "init --mark --dry-run",
    "rules",
    "explain since-untrue",
    "policy list",
    "policy show matrix",
    "policy show matrix --toml",
    "policy guide",
    "policy schema",
    "version parse 1.2.3",
    "version compare 1.2.3 1.3.0",
    "version compat 1.2.3 1.3.0",
    "config show",
    "schema",
    "schema report",
    "completions bash",
    "man",
    "help",
    "check --help",
];

/// Commands that write, and a file that they change.
const WRITING: &[(&str, &str)] = &[
    ("check --fix --release", "Cargo.toml"),
    ("next --write", "Cargo.toml"),
    ("plan --write", "Cargo.toml"),
    ("init", "Cargo.toml"),
    ("init --mark", "src/main.rs"),
];

/// A service with two releases and a branch that breaks; lines end with `end`.
fn lay(sandbox: &Sandbox, root: &Path, end: &str) {
    let commit = |version: &str, routes: &[&str]| {
        std::fs::create_dir_all(root.join("src")).unwrap();
        let write = |path: &str, text: String| std::fs::write(root.join(path), text.replace('\n', end)).unwrap();
        write("Cargo.toml", project::manifest("pets", version, "") + "[workspace]\n");
        write("src/main.rs", project::service(routes));
        std::fs::write(root.join(".gitattributes"), "* -text\n").unwrap();
        sandbox.git(root, &["add", "-A"]);
        sandbox.git(root, &["commit", "-q", "-m", "a commit"]);
    };
    std::fs::create_dir_all(root).unwrap();
    sandbox.git(root, &["init", "-q", "."]);
    commit("1.0.0", &["GET /a: since = \"1.0.0\"", "GET /b"]);
    sandbox.git(root, &["tag", "v1.0.0"]);
    commit("1.1.0", &["GET /a: since = \"1.0.0\"", "GET /b", "GET /c: since = \"1.1.0\""]);
    sandbox.git(root, &["tag", "v1.1.0"]);
    sandbox.git(root, &["switch", "-q", "-c", "topic"]);
    commit("1.1.0", &["GET /a: since = \"1.0.0\" -> String", "GET /b", "GET /c: since = \"1.1.0\""]);
}

fn command(root: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-verpolicy"));
    command.current_dir(root).env_clear().args(line.split(' '));
    if line.starts_with("check") && !line.ends_with("help") {
        command.args(["--date", TODAY]);
    }
    if let Some(cargo) = std::env::var_os("CARGO").or(option_env!("CARGO").map(Into::into)) {
        command.env("CARGO", cargo);
    }
    command
}

/// What it answered; the place of the project is no part of it.
fn answer(root: &Path, output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*root.to_string_lossy(), "[ROOT]");
    let errors = text(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    (output.status.code(), text(&output.stdout), errors)
}

/// A project in an ordinary place, and what each reading command answers there.
fn ordinary() -> (Sandbox, PathBuf) {
    let sandbox = Sandbox::new();
    let root = sandbox.root();
    lay(&sandbox, &root, "\n");
    (sandbox, root)
}

#[test]
fn no_home_and_odd_places_change_nothing() {
    let (sandbox, root) = ordinary();
    let beside = root.parent().unwrap();
    let odd = beside.join("mit Leerzeichen, Ümläuten & 日本");
    lay(&sandbox, &odd, "\n");
    // What is no UTF-8 is no directory on some systems.
    let foreign = beside.join(std::ffi::OsString::from_vec(b"foreign-\xff".to_vec()));
    let has_foreign = std::fs::create_dir(&foreign).is_ok();
    if has_foreign {
        lay(&sandbox, &foreign, "\n");
    }
    for line in READING {
        let expected = answer(&root, &command(&root, line).env("HOME", beside).output().unwrap());
        let homes: [&[(&str, &str)]; 2] = [&[], &[("HOME", "/nonexistent"), ("CARGO_HOME", "")]];
        for home in homes {
            let output = command(&root, line).envs(home.iter().copied()).output().unwrap();
            assert_eq!(answer(&root, &output), expected, "{line} with {home:?}");
        }
        let places = [Some(&odd), has_foreign.then_some(&foreign)];
        for place in places.into_iter().flatten() {
            let (code, out, errors) = answer(place, &command(place, line).env("HOME", beside).output().unwrap());
            assert_eq!((code, out), (expected.0, expected.1.clone()), "{line} in {}: {errors}", place.display());
        }
    }
}

#[test]
fn a_full_disk_is_a_failure_and_a_closed_pipe_is_none() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let (_sandbox, root) = ordinary();
    for line in READING {
        let plain = command(&root, line).output().unwrap();
        if plain.stdout.is_empty() {
            continue;
        }
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command(&root, line).stdout(full).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(101), "{line}: {errors}");
        assert!(errors.contains("standard output cannot be written"), "{line}: {errors}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let closed = command(&root, line).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((closed.status, closed.stderr), (plain.status, plain.stderr), "{line}");
    }
}

#[test]
fn files_that_may_not_be_written_stay_and_are_named() {
    for (line, file) in WRITING {
        let (_sandbox, root) = ordinary();
        let path = root.join(file);
        let before = std::fs::read(&path).unwrap();
        let mut permissions = path.metadata().unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        let (code, _, errors) = answer(&root, &command(&root, line).output().unwrap());
        assert_eq!(code, Some(101), "{line}: {errors}");
        assert!(errors.contains(file) && errors.contains("cannot be written"), "{line}: {errors}");
        assert_eq!(std::fs::read(&path).unwrap(), before, "{line}");
    }
}

#[test]
fn carriage_returns_stay() {
    for (line, file) in WRITING {
        let (sandbox, root) = ordinary();
        let windows = root.with_file_name("windows");
        lay(&sandbox, &windows, "\r\n");
        let plain = answer(&root, &command(&root, line).output().unwrap());
        let output = answer(&windows, &command(&windows, line).output().unwrap());
        assert_eq!(output.0, plain.0, "{line}: {output:?}");
        let text = std::fs::read_to_string(windows.join(file)).unwrap();
        assert!(text.lines().count() > 5 && !text.replace("\r\n", "").contains('\n'), "{line}: {text:?}");
        let expected = std::fs::read_to_string(root.join(file)).unwrap();
        assert_eq!(text.replace("\r\n", "\n"), expected, "{line}");
    }
}
