//! Requirements of members on each other: those that do not take the version that is written are raised.

use super::{Target, document, edited, set};
use crate::cli::failure::Failure;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{Item, Table, TableLike};

/// Tables of dependencies.
const KINDS: [&str; 3] = ["dependencies", "build-dependencies", "dev-dependencies"];

/// Raises the requirements on packages that get these versions, in Cargo's spelling, by name.
pub(super) fn write(
    target: &Target<'_>,
    versions: &BTreeMap<String, String>,
    files: &mut BTreeMap<String, String>,
) -> Result<Vec<String>, Failure> {
    let workspace = &target.side.workspace;
    let members = workspace.packages.iter().filter(|p| p.member).map(|p| p.manifest.as_str());
    let manifests: BTreeSet<&str> = members.chain([workspace.manifest.as_str()]).collect();
    let mut said = Vec::new();
    for path in manifests.into_iter().filter(|path| !path.is_empty()) {
        let before = edited(target, files, path)?;
        let mut manifest = document(&before, path)?;
        let mut raised = Vec::new();
        for table in tables(manifest.as_table_mut()) {
            for (key, item) in table.iter_mut() {
                raised.extend(raise(key.get(), item, versions));
            }
        }
        if !raised.is_empty() {
            files.insert(path.to_owned(), super::rendered(&manifest, &before));
            said.push(format!("{path}: requires {}", raised.join(", ")));
        }
    }
    Ok(said)
}

/// Every table of dependencies of a manifest: its own, those of targets, those of the workspace.
fn tables(manifest: &mut Table) -> Vec<&mut dyn TableLike> {
    let mut out: Vec<&mut dyn TableLike> = Vec::new();
    for (key, item) in manifest.iter_mut() {
        match key.get() {
            kind if KINDS.contains(&kind) => out.extend(item.as_table_like_mut()),
            "workspace" => {
                let inside = item.as_table_like_mut().and_then(|table| table.get_mut("dependencies"));
                out.extend(inside.and_then(Item::as_table_like_mut));
            }
            "target" => {
                for (_, one) in item.as_table_like_mut().into_iter().flat_map(|targets| targets.iter_mut()) {
                    for (kind, item) in one.as_table_like_mut().into_iter().flat_map(|table| table.iter_mut()) {
                        if KINDS.contains(&kind.get()) {
                            out.extend(item.as_table_like_mut());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// Raises one requirement where it does not take the version; only of dependencies by path, which are the members.
fn raise(key: &str, item: &mut Item, versions: &BTreeMap<String, String>) -> Option<String> {
    let table = item.as_table_like_mut()?;
    table.get("path")?;
    let name = table.get("package").and_then(Item::as_str).unwrap_or(key).to_owned();
    let version = versions.get(&name)?;
    let requirement = table.get_mut("version")?;
    let fresh = raised(requirement.as_str()?, version)?;
    set(requirement, &fresh);
    Some(format!("{name} {fresh}"))
}

/// The requirement that takes the version, written as the old one was; `None` where the old one takes it.
fn raised(requirement: &str, version: &str) -> Option<String> {
    let parsed = semver::VersionReq::parse(requirement).ok()?;
    let version = semver::Version::parse(version).ok()?;
    if parsed.matches(&version) {
        return None;
    }
    let plain = requirement.trim();
    let sign: String = plain.chars().take_while(|c| matches!(c, '=' | '^' | '~' | ' ')).collect();
    let written = plain.get(sign.len()..).unwrap_or_default();
    let one = parsed.comparators.len() == 1 && written.starts_with(|c: char| c.is_ascii_digit());
    let count = if one && version.pre.is_empty() { written.split('.').count() } else { 3 };
    let sign = if one { sign.as_str() } else { "" };
    let pre = if version.pre.is_empty() { String::new() } else { format!("-{}", version.pre) };
    let numbers = [version.major, version.minor, version.patch];
    let numbers: Vec<String> = numbers.iter().take(count).map(ToString::to_string).collect();
    Some(format!("{sign}{}{pre}", numbers.join(".")))
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn requirements_are_raised_as_they_were_written() {
        for (requirement, version, expected) in [
            ("1.0", "1.1.0", None),
            ("1.0", "2.0.0", Some("2.0")),
            ("1", "2.3.4", Some("2")),
            ("1.0.0", "2.3.4", Some("2.3.4")),
            ("=1.0.0", "1.0.1", Some("=1.0.1")),
            ("~1.0", "1.1.2", Some("~1.1")),
            ("0.1", "0.2.0", Some("0.2")),
            (">=1, <2", "2.0.0", Some("2.0.0")),
            ("1.0", "2.0.0-beta.1", Some("2.0.0-beta.1")),
            ("1.0", "1.0.20161101+x", None),
            ("*", "2.0.0", None),
            ("none", "2.0.0", None),
        ] {
            assert_eq!(raised(requirement, version).as_deref(), expected, "{requirement} {version}");
        }
    }
}
