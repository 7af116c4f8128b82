//! What cargo itself says of the work tree. Manifests are read by `package`, on both sides alike and without running
//! anything; before something is released or written, cargo's own word is asked for once, and a difference is said.

use super::failure::Failure;
use super::output;
use super::world::Side;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Compares the members and their versions with `cargo metadata --no-deps`. Cargo that cannot be run is a warning: the
/// manifests were read all the same.
///
/// # Errors
/// Cargo sees other members or versions than were read: the judgement would be about something else.
pub(super) fn agrees(side: &Side, start: &Path) -> Result<(), Failure> {
    let Some(root) = &side.root else { return Ok(()) };
    let manifest = root.join(&side.workspace.manifest);
    let mut cargo = match members(&manifest, start) {
        Ok(members) => members,
        Err(why) => {
            output::warn(&format!("cargo could not be asked for the workspace's members: {why}"));
            return Ok(());
        }
    };
    let ours: BTreeMap<String, String> = side
        .workspace
        .packages
        .iter()
        .filter(|p| p.member)
        .map(|p| (p.name.clone(), p.version.clone().unwrap_or_else(|| "0.0.0".to_owned())))
        .collect();
    if side.workspace.problems.iter().any(|problem| problem.absent.is_some()) {
        // Cargo reads submodules too.
        cargo.retain(|name, _| ours.contains_key(name));
    }
    if cargo == ours {
        return Ok(());
    }
    let differs = cargo.iter().find(|(name, version)| ours.get(*name) != Some(version));
    let (name, cargo_says) = match differs {
        Some((name, version)) => (name.clone(), format!("version {version}")),
        None => (ours.keys().find(|n| !cargo.contains_key(*n)).cloned().unwrap_or_default(), "no member".to_owned()),
    };
    let we_say = ours.get(&name).map_or_else(|| "no member".to_owned(), |v| format!("version {v}"));
    Err(Failure::new(
        "manifest",
        format!("cargo reads the workspace otherwise: `{name}` is {cargo_says}, not {we_say}"),
    )
    .help("this is a bug of cargo-verpolicy: please report it with the manifests"))
}

/// The versions of the workspace's members by name, as cargo reads them; else why it does not.
fn members(manifest: &Path, start: &Path) -> Result<BTreeMap<String, String>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["metadata", "--format-version", "1", "--no-deps", "--manifest-path"])
        .arg(manifest)
        .current_dir(start);
    // Outside `cargo verpolicy`, `cargo` may be rustup's proxy: it must not install a toolchain.
    let output = command.env("RUSTUP_AUTO_INSTALL", "0").output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let first = text.lines().find(|line| !line.trim().is_empty());
        return Err(first.map_or_else(|| output.status.to_string(), str::to_owned));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let packages = metadata.get("packages").and_then(Value::as_array).ok_or("it names no packages")?;
    // Without dependencies these are the members.
    let word = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(packages.iter().filter_map(|package| Some((word(package, "name")?, word(package, "version")?))).collect())
}
