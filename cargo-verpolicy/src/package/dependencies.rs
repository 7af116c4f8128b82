//! Dependencies and features of a package.

use super::Dependency;
use super::manifest::{Manifest, Value, boolean, inherits, string, strings};
use super::targets::crate_name;
use crate::tree::join;
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeTable;

/// What a manifest says of dependencies.
#[derive(Debug, Default)]
pub(super) struct Dependencies {
    /// Those that source can name, by the name that it uses.
    pub(super) named: BTreeMap<String, Dependency>,
    /// Optional ones of any kind, by their key: each may be a feature.
    pub(super) optional: BTreeSet<String>,
    /// Directories of path dependencies of every kind.
    pub(super) directories: BTreeSet<String>,
}

/// Reads `[dependencies]` and its kin, `[target.*]` ones included, with what they inherit from the workspace.
pub(super) fn dependencies(manifest: &Manifest<'_>, root: &Manifest<'_>) -> Dependencies {
    let mut all = Dependencies::default();
    for table in tables(manifest) {
        let kinds = [("dependencies", true), ("build-dependencies", false), ("dev-dependencies", false)];
        let old = [("build_dependencies", false), ("dev_dependencies", false)];
        for (kind, in_source) in kinds.into_iter().chain(old) {
            let listed = table.get(kind).and_then(|kind| kind.get_ref().as_table());
            for (key, value) in listed.into_iter().flat_map(|listed| listed.iter()) {
                all.add(key.get_ref(), read(manifest, root, key.get_ref(), value), in_source);
            }
        }
    }
    all
}

/// The manifest's own table and those of `[target.*]`.
fn tables<'m, 'a>(manifest: &'m Manifest<'a>) -> impl Iterator<Item = &'m DeTable<'a>> {
    let targets = manifest.table(&["target"]).into_iter().flat_map(|targets| targets.iter());
    std::iter::once(&manifest.table).chain(targets.filter_map(|(_, target)| target.get_ref().as_table()))
}

/// Where features and dependencies are written.
pub(super) fn places(manifest: &Manifest<'_>) -> BTreeMap<String, (u32, u32)> {
    let mut out = BTreeMap::new();
    let mut place = |word: &str, name: &str, at: usize| {
        let (_, line, column) = manifest.source.place(at);
        out.entry(format!("{word} {name}")).or_insert((line, column));
    };
    for (name, _) in manifest.table(&["features"]).into_iter().flat_map(|features| features.iter()) {
        place("feature", name.get_ref(), name.span().start);
    }
    for table in tables(manifest) {
        let listed = table.get("dependencies").and_then(|kind| kind.get_ref().as_table());
        for (name, _) in listed.into_iter().flat_map(|listed| listed.iter()) {
            place("dependency", &crate_name(name.get_ref()), name.span().start);
        }
    }
    out
}

impl Dependencies {
    fn add(&mut self, key: &str, dependency: Dependency, in_source: bool) {
        self.directories.extend(dependency.path.clone());
        if dependency.optional {
            self.optional.insert(key.to_owned());
        }
        if !in_source {
            return;
        }
        match self.named.get_mut(&crate_name(key)) {
            // The same dependency for several targets.
            Some(known) => {
                known.features.extend(dependency.features);
                known.optional &= dependency.optional;
                known.default_features |= dependency.default_features;
            }
            None => _ = self.named.insert(crate_name(key), dependency),
        }
    }
}

fn read(manifest: &Manifest<'_>, root: &Manifest<'_>, key: &str, value: &Value<'_>) -> Dependency {
    if !inherits(value) {
        return plain(manifest.source.directory(), key, value);
    }
    let Some(inherited) = root.get(&["workspace", "dependencies", key]) else {
        return plain(manifest.source.directory(), key, value);
    };
    let mut dependency = plain(root.source.directory(), key, inherited);
    if let Some(own) = value.get_ref().as_table() {
        dependency.features.extend(own.get("features").map(strings).unwrap_or_default());
        dependency.optional = boolean(own, "optional").unwrap_or(false);
        // A member can turn the default features on again, never off.
        dependency.default_features |= default_features(own) == Some(true);
    }
    dependency
}

fn plain(base: &str, key: &str, value: &Value<'_>) -> Dependency {
    let table = value.get_ref().as_table();
    let written = |name: &str| table.and_then(|table| string(table, name));
    Dependency {
        package: written("package").unwrap_or(key).to_owned(),
        path: written("path").and_then(|path| join(base, path)),
        requirement: value.get_ref().as_str().or_else(|| written("version")).map(str::to_owned),
        optional: table.and_then(|table| boolean(table, "optional")).unwrap_or(false),
        features: table.and_then(|table| table.get("features")).map(strings).unwrap_or_default().into_iter().collect(),
        default_features: table.and_then(default_features).unwrap_or(true),
    }
}

fn default_features(table: &DeTable<'_>) -> Option<bool> {
    boolean(table, "default-features").or_else(|| boolean(table, "default_features"))
}

/// `[features]`, and the features that optional dependencies are unless one is named with `dep:`.
pub(super) fn features(manifest: &Manifest<'_>, optional: &BTreeSet<String>) -> BTreeMap<String, BTreeSet<String>> {
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, enables) in manifest.table(&["features"]).into_iter().flat_map(|features| features.iter()) {
        features.insert(name.get_ref().to_string(), strings(enables).into_iter().collect());
    }
    let spelled_out: BTreeSet<String> =
        features.values().flatten().filter_map(|enables| enables.strip_prefix("dep:")).map(str::to_owned).collect();
    for name in optional.difference(&spelled_out) {
        features.entry(name.clone()).or_insert_with(|| BTreeSet::from([format!("dep:{name}")]));
    }
    features
}
