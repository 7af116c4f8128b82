//! A published package, fetched by cargo itself: registries, tokens, mirrors and `--offline` are cargo's business. Only
//! `cargo add` and `cargo info` run, in an empty package of their own, so that neither the project's manifest nor its
//! lock file matters or changes.

use super::{CargoHome, Worktree};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A published package that could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{package} cannot be had from the registry: {reason}")]
pub struct RegistryError {
    /// `NAME@VERSION`, or `NAME` for the latest.
    pub package: String,
    /// What cargo said, or what is missing.
    pub reason: String,
}

/// The sources of a published package; its origin is `registry:NAME@VERSION`.
///
/// `version` is `None` for the latest; `registry` names another one than crates.io; `project` is the directory whose `.cargo/config.toml` and those above it hold.
///
/// # Errors
/// Cargo cannot be run or refuses, or what it fetched is not found.
pub fn published(
    name: &str,
    version: Option<&str>,
    registry: Option<&str>,
    project: &Path,
    offline: bool,
) -> Result<Worktree, RegistryError> {
    let package = version.map_or_else(|| name.to_owned(), |v| format!("{name}@{v}"));
    let failed = |reason: String| RegistryError { package: package.clone(), reason };
    let neutral = tempfile::tempdir().map_err(|error| failed(format!("no temporary directory: {error}")))?;
    let manifest = "[package]\nname = \"holds-nothing\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n";
    let lay = |path: &str, text: &str| {
        let path = neutral.path().join(path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text))
    };
    lay("Cargo.toml", manifest).and_then(|()| lay("src/lib.rs", "")).map_err(|error| failed(error.to_string()))?;
    let ask = |arguments: &[&str], package: &str| {
        let mut command = cargo(neutral.path(), project, offline);
        // Named even where it is crates.io: cargo refuses to guess where a mirror stands in for it.
        command.args(arguments).args(["--color", "never", "--registry", registry.unwrap_or("crates-io"), package]);
        said(&mut command).map_err(failed)
    };
    let version = match version {
        Some(version) if version.split(['-', '+']).next().unwrap_or_default().split('.').count() < 3 => {
            return Err(failed(format!("`{version}` is no whole version: write it as 1.9.0")));
        }
        Some(version) => version.to_owned(),
        // What cargo depends on by itself: the last release, a pre-release only where there is nothing else.
        None => {
            ask(&["add", "--quiet", "--ignore-rust-version"], name)?;
            let manifest = std::fs::read_to_string(neutral.path().join("Cargo.toml"));
            let manifest = manifest.map_err(|error| failed(error.to_string()))?;
            required(&manifest, name).ok_or_else(|| failed("cargo names no version of it".to_owned()))?
        }
    };
    ask(&["info"], &format!("{name}@{version}"))?;
    let directory = unpacked(name, &version)
        .ok_or_else(|| failed(format!("cargo fetched it, and {name}-{version} is not in its cache of sources")))?;
    Ok(Worktree::new(directory, format!("registry:{name}@{version}")))
}

/// Cargo in a package of our own, with the project's configuration.
fn cargo(neutral: &Path, project: &Path, offline: bool) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    // Outside `cargo verpolicy`, `cargo` may be rustup's proxy: it must not install a toolchain.
    command.current_dir(neutral).env("RUSTUP_AUTO_INSTALL", "0").env("CARGO_TERM_COLOR", "never");
    for config in configurations(project) {
        command.arg("--config").arg(config);
    }
    if offline {
        command.arg("--offline");
    }
    command
}

/// Runs it; where it fails, what it said.
fn said(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("cargo cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let noise = |line: &&str| ["Updating", "Blocking", "Downloading"].iter().all(|word| !line.starts_with(word));
    let said: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).filter(noise).collect();
    Err(said.join(" "))
}

/// The version that a manifest requires of a package.
fn required(manifest: &str, name: &str) -> Option<String> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let requirement = manifest.get("dependencies")?.get(name)?;
    requirement.get("version").unwrap_or(requirement).as_str().map(str::to_owned)
}

/// `.cargo/config.toml` of a directory and of those above it, the nearest last: it wins.
fn configurations(project: &Path) -> Vec<PathBuf> {
    let of = |directory: &Path| {
        ["config.toml", "config"].iter().map(|name| directory.join(".cargo").join(name)).find(|path| path.is_file())
    };
    let home = CargoHome::find();
    let mut found: Vec<PathBuf> = project
        .ancestors()
        .filter_map(of)
        .filter(|path| home.as_ref().is_none_or(|home| !path.starts_with(home.directory())))
        .collect();
    found.reverse();
    found
}

/// Where cargo unpacked a package; of several registries the one that was written last.
fn unpacked(name: &str, version: &str) -> Option<PathBuf> {
    let registries = std::fs::read_dir(CargoHome::find()?.directory().join("registry").join("src")).ok()?;
    let directories = registries.filter_map(Result::ok).map(|entry| entry.path().join(format!("{name}-{version}")));
    directories
        .filter(|path| path.join("Cargo.toml").is_file())
        .max_by_key(|path| path.metadata().and_then(|m| m.modified()).ok())
}
