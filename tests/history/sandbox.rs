//! A temporary directory in which git and the program run with an environment of their own: no configuration of the
//! machine, no clock, no network.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The day on which everything is judged.
pub(crate) const TODAY: &str = "2026-01-15";

pub(crate) struct Sandbox {
    directory: tempfile::TempDir,
    seconds: Cell<i64>,
    variables: RefCell<Vec<(String, String)>>,
}

impl Sandbox {
    /// A directory outside any repository, with an empty home beside it.
    pub(crate) fn new() -> Self {
        let sandbox = Self {
            directory: tempfile::tempdir().unwrap(),
            seconds: Cell::new(1_700_000_000),
            variables: RefCell::default(),
        };
        std::fs::create_dir(sandbox.top().join("home")).unwrap();
        std::fs::create_dir(sandbox.root()).unwrap();
        // Where a workspace is looked for above the project, none of the machine's is found.
        std::fs::write(sandbox.top().join("Cargo.toml"), "[workspace]\nexclude = [\"project\"]\n").unwrap();
        sandbox
    }

    fn top(&self) -> PathBuf {
        self.directory.path().canonicalize().unwrap()
    }

    /// Where the project stands; clones may stand beside it.
    pub(crate) fn root(&self) -> PathBuf {
        self.top().join("project")
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Sets the clock to the noon of a day.
    pub(crate) fn on(&self, day: &str) {
        let day: jiff::civil::Date = day.parse().unwrap();
        self.seconds.set(day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second());
    }

    fn command(&self, program: &str, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(directory)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.top().join("home"))
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")]);
        command
    }

    /// Commits are made on this day from now on.
    pub(crate) fn set_clock(&self, day: &str) {
        let day: jiff::civil::Date = day.parse().unwrap();
        self.seconds.set(day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second());
    }

    /// Runs git, with a clock that steps by a minute; returns what it printed.
    pub(crate) fn git(&self, directory: &Path, arguments: &[&str]) -> String {
        self.seconds.set(self.seconds.get() + 60);
        let date = format!("{} +0000", self.seconds.get());
        let output = self
            .command("git", directory)
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")])
            .envs([("GIT_COMMITTER_NAME", "C"), ("GIT_COMMITTER_EMAIL", "c@example.org")])
            .envs([("GIT_AUTHOR_DATE", date.as_str()), ("GIT_COMMITTER_DATE", date.as_str())])
            .args(["-c", "protocol.file.allow=always", "-c", "gc.auto=0", "-c", "init.defaultBranch=main"])
            .args(["-c", "commit.gpgSign=false", "-c", "advice.detachedHead=false"])
            .args(arguments)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program.
    pub(crate) fn verpolicy(&self, directory: &Path, arguments: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_cargo-verpolicy"), directory);
        // Cargo itself, not rustup's proxy, which would look for a toolchain in the empty home.
        if let Some(cargo) = std::env::var_os("CARGO").or(option_env!("CARGO").map(Into::into)) {
            command.env("CARGO", cargo);
        }
        command.envs(self.variables.borrow().iter().cloned());
        command.args(arguments).output().unwrap()
    }

    /// Sets a variable for the program's runs from now on; an empty one counts as not set.
    pub(crate) fn set(&self, name: &str, value: &str) {
        self.variables.borrow_mut().push((name.to_owned(), value.to_owned()));
    }

    /// Text without what differs from run to run.
    pub(crate) fn plain(&self, text: &str) -> String {
        text.replace(self.top().to_str().unwrap(), "[TOP]")
    }
}
