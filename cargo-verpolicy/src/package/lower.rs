//! From one parsed manifest to a [`Package`], with what it inherits from its workspace.

use super::dependencies::{dependencies, features, places};
use super::manifest::{Manifest, Value, inherits, string};
use super::targets::{Named, targets};
use super::{ManifestProblem, Package};
use crate::tree::SourceTree;

/// A package and the directories of its path dependencies.
pub(super) struct Lowered {
    pub(super) package: Package,
    pub(super) neighbours: Vec<String>,
}

/// Reads the package of a manifest; `None`, and a problem, if it has no name.
pub(super) fn package(
    tree: &dyn SourceTree,
    manifest: &Manifest<'_>,
    root: &Manifest<'_>,
    problems: &mut Vec<ManifestProblem>,
) -> Option<Lowered> {
    let source = manifest.source;
    let table = manifest.package()?;
    let Some(name) = string(table, "name").map(str::to_owned) else {
        problems.push(source.problem(None, "[package] has no name; add `name = \"…\"`"));
        return None;
    };
    let mut field = |key: &str| match inherited(manifest, root, key) {
        Ok(value) => value,
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let version = field("version");
    let edition = field("edition").and_then(|(_, value)| value.get_ref().as_str()).unwrap_or("2015").to_owned();
    let publish = field("publish").map(|(_, value)| value);
    let version = version.and_then(|(from, value)| {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let message = "`version` is not a string; write it in quotes";
            problems.push(from.source.problem(Some(value.span().start), message));
        }
        Some((text?, from.source.place(value.span().start)))
    });
    let closed = publish.is_some_and(|value| {
        value.get_ref().as_bool() == Some(false)
            || value.get_ref().as_array().is_some_and(|registries| registries.is_empty())
    });
    let registries = publish.and_then(|value| value.get_ref().as_array());
    let registry = registries.filter(|all| all.len() == 1).and_then(|all| all.iter().next()?.get_ref().as_str());
    let registry = registry.map(str::to_owned);
    let all = dependencies(manifest, root);
    let package = Package {
        version: version.as_ref().map(|(version, _)| (*version).to_owned()),
        // Without a version cargo publishes only what says `publish = true`.
        registry,
        unpublished: closed || (version.is_none() && publish.is_none()),
        version_place: version.map(|(_, place)| place),
        targets: targets(tree, manifest, &Named { name: &name, edition: &edition }, problems),
        name,
        edition,
        directory: source.directory().to_owned(),
        manifest: source.path.clone(),
        member: false,
        features: features(manifest, &all.optional),
        dependencies: all.named,
        places: places(manifest),
        metadata: manifest.plain(&["package", "metadata", "verpolicy"]),
    };
    Some(Lowered { package, neighbours: all.directories.into_iter().collect() })
}

/// A field of `[package]`, from `[workspace.package]` of the root if it says so, with the manifest that holds it.
fn inherited<'m, 'a>(
    manifest: &'m Manifest<'a>,
    root: &'m Manifest<'a>,
    key: &str,
) -> Result<Option<(&'m Manifest<'a>, &'m Value<'a>)>, ManifestProblem> {
    let Some(value) = manifest.package().and_then(|package| package.get(key)) else { return Ok(None) };
    if !inherits(value) {
        return Ok(Some((manifest, value)));
    }
    match root.get(&["workspace", "package", key]) {
        Some(value) => Ok(Some((root, value))),
        None => {
            let message =
                format!("`{key}.workspace = true`, but [workspace.package] of `{}` has no `{key}`", root.source.path);
            Err(manifest.source.problem(Some(value.span().start), message))
        }
    }
}
