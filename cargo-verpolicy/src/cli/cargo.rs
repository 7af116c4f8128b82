//! What cargo itself says of the work tree. Manifests are read by `package`, on both sides alike and without running
//! anything; before something is released or written, cargo's own word is asked for once, and a difference is said.

use super::failure::Failure;
use super::output;
use super::world::Side;
use cargo_metadata::MetadataCommand;
use std::collections::BTreeMap;
use std::path::Path;

/// Compares the members and their versions with `cargo metadata --no-deps`. Cargo that cannot be run is a warning: the
/// manifests were read all the same.
///
/// # Errors
/// Cargo sees other members or versions than were read: the judgement would be about something else.
pub(super) fn agrees(side: &Side, start: &Path) -> Result<(), Failure> {
    let Some(root) = &side.root else { return Ok(()) };
    let manifest = root.join(&side.workspace.manifest);
    let mut command = MetadataCommand::new();
    // Outside `cargo verpolicy`, `cargo` may be rustup's proxy: it must not install a toolchain.
    command.manifest_path(&manifest).current_dir(start).no_deps().env("RUSTUP_AUTO_INSTALL", "0");
    let metadata = match command.exec() {
        Ok(metadata) => metadata,
        Err(error) => {
            let text = error.to_string();
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            output::warn(&format!("cargo could not be asked for the workspace's members: {first}"));
            return Ok(());
        }
    };
    let cargo: BTreeMap<String, String> =
        metadata.workspace_packages().into_iter().map(|p| (p.name.to_string(), p.version.to_string())).collect();
    let ours: BTreeMap<String, String> = side
        .workspace
        .packages
        .iter()
        .filter(|p| p.member)
        .map(|p| (p.name.clone(), p.version.clone().unwrap_or_else(|| "0.0.0".to_owned())))
        .collect();
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
