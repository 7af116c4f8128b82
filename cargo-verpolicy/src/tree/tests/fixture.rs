//! A git repository in a temporary directory.

use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) struct Fixture {
    directory: tempfile::TempDir,
    seconds: std::cell::Cell<i64>,
}

impl Fixture {
    /// A directory outside any repository.
    pub(super) fn bare_directory() -> Self {
        Fixture { directory: tempfile::tempdir().unwrap(), seconds: std::cell::Cell::new(1_700_000_000) }
    }

    /// A repository without a commit.
    pub(super) fn new() -> Self {
        let fixture = Self::bare_directory();
        fixture.git(&["init", "-q", "-b", "main", "."]);
        fixture
    }

    /// A repository with these files committed.
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        let fixture = Self::new();
        fixture.commit(files);
        fixture
    }

    pub(super) fn root(&self) -> PathBuf {
        self.directory.path().canonicalize().unwrap()
    }

    pub(super) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Writes, adds and commits; returns the commit's id in hex.
    pub(super) fn commit(&self, files: &[(&str, &str)]) -> String {
        for (path, text) in files {
            self.write(path, text);
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "a commit"]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.root(), arguments)
    }

    /// Runs git with a scrubbed environment and a clock that steps by a minute; returns what it printed, trimmed.
    pub(super) fn git_in(&self, directory: &Path, arguments: &[&str]) -> String {
        self.seconds.set(self.seconds.get() + 60);
        let date = format!("{} +0000", self.seconds.get());
        let output = Command::new("git")
            .current_dir(directory)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("HOME", "/nonexistent")])
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")])
            .envs([("GIT_COMMITTER_NAME", "C"), ("GIT_COMMITTER_EMAIL", "c@example.org")])
            .envs([("GIT_AUTHOR_DATE", date.as_str()), ("GIT_COMMITTER_DATE", date.as_str())])
            .args(["-c", "protocol.file.allow=always", "-c", "gc.auto=0"])
            .args(arguments)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}
