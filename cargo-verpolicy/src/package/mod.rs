//! Manifests, read through a [`SourceTree`](crate::tree::SourceTree) on either side: packages, targets, dependencies,
//! features. No cargo is run.

mod dependencies;
mod find;
mod lock;
mod lower;
mod manifest;
mod members;
mod platform;
mod targets;
#[cfg(test)]
mod tests;
mod vendored;

pub use find::{StatedVersion, WorkspaceError, read_package, read_workspace, stated_version};
pub use lock::{Lock, Locked, Used, built_with};
pub use platform::Platform;
pub use vendored::vendored;

use std::collections::{BTreeMap, BTreeSet};

/// The packages of one side.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Directory of the root manifest in the tree.
    pub root: String,
    /// Path of the root manifest in the tree.
    pub manifest: String,
    /// Versions that `Cargo.lock` beside the root manifest holds, by package name, each set in order of its text; empty
    /// without a lock file.
    pub locked: BTreeMap<String, BTreeSet<String>>,
    /// `[workspace.metadata.verpolicy]`, as TOML text positions live in the manifest: the table itself.
    pub metadata: Option<toml::Table>,
    /// Members and path dependencies inside the tree, sorted by name.
    pub packages: Vec<Package>,
    /// Packages that these depend on and that stand elsewhere (a registry, another repository, vendored), whose sources
    /// are to be read too; one version each. Their types are followed, they serve nothing.
    pub followed: Vec<Package>,
    /// Manifests that could not be read, each with its place and reason: never fatal for the other packages.
    pub problems: Vec<ManifestProblem>,
}

impl Workspace {
    /// The package of that name; a member wins over a path dependency of the same name.
    #[must_use]
    pub fn package(&self, name: &str) -> Option<&Package> {
        let named = || self.packages.iter().filter(|package| package.name == name);
        named().find(|package| package.member).or_else(|| named().next())
    }

    /// The packages inside the tree that every build of one is built with, by name, itself apart.
    #[must_use]
    pub fn built_with(&self, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut queue: Vec<&Package> = self.package(name).into_iter().collect();
        while let Some(package) = queue.pop() {
            let always = package.dependencies.values().filter(|dependency| !dependency.optional);
            let paths: BTreeSet<&str> = always.filter_map(|dependency| dependency.path.as_deref()).collect();
            for other in self.packages.iter().filter(|other| paths.contains(other.directory.as_str())) {
                if other.name != name && found.insert(other.name.clone()) {
                    queue.push(other);
                }
            }
        }
        found
    }
}

/// A manifest that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestProblem {
    /// Path of the manifest in the tree.
    pub file: String,
    /// 1-based line; 0 when not known.
    pub line: u32,
    /// 1-based column, in characters; 0 when not known.
    pub column: u32,
    /// What is wrong and what to do.
    pub message: String,
    /// Nothing is wrong but that a member is not there.
    pub absent: Option<AbsentMember>,
}

/// A member of which the tree holds no manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentMember {
    /// Its directory in the tree.
    pub directory: String,
    /// Its files belong to another repository.
    pub in_submodule: bool,
}

/// One package.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// `package.name`
    pub name: String,
    /// `package.version` as written, after workspace inheritance; `None` where there is none.
    pub version: Option<String>,
    /// Place of the version's value (its opening quote), in the workspace's manifest if it is inherited: file, 1-based
    /// line and column.
    pub version_place: Option<(String, u32, u32)>,
    /// `2015`, `2018`, `2021`, `2024`
    pub edition: String,
    /// Directory in the tree.
    pub directory: String,
    /// Path of its manifest in the tree.
    pub manifest: String,
    /// A member of the workspace (else a path dependency inside the tree).
    pub member: bool,
    /// `publish = false`
    pub unpublished: bool,
    /// The only registry that `publish` names.
    pub registry: Option<String>,
    /// Library and binaries, as cargo finds them (`autobins`, `[lib] path`, `src/main.rs`, `src/bin/*`).
    pub targets: Vec<Target>,
    /// Dependencies by the name that source uses (`-` as `_`), dev-dependencies left out.
    pub dependencies: BTreeMap<String, Dependency>,
    /// `[features]`: name to what it enables; optional dependencies' implicit features included.
    pub features: BTreeMap<String, BTreeSet<String>>,
    /// Where features and dependencies are written, by `feature NAME` and `dependency NAME`: 1-based line and column.
    pub places: BTreeMap<String, (u32, u32)>,
    /// `[package.metadata.verpolicy]`
    pub metadata: Option<toml::Table>,
}

impl Package {
    /// Its own features that these turn on, they included.
    #[must_use]
    pub fn enabled_by(&self, features: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let mut queue: Vec<String> = features.into_iter().collect();
        let mut on = BTreeSet::new();
        while let Some(feature) = queue.pop() {
            let Some(enables) = self.features.get(&feature) else { continue };
            if on.insert(feature) {
                queue.extend(enables.iter().filter(|e| !e.contains(['/', ':', '?'])).cloned());
            }
        }
        on
    }

    /// The names of its crates that were given new ones when the package was renamed: its library, and what is called as
    /// the package is.
    #[must_use]
    pub fn names_beside(&self, now: &Self) -> BTreeMap<String, String> {
        let library =
            |package: &Self| package.targets.iter().find(|t| t.kind != TargetKind::Bin).map(|t| t.name.clone());
        let program = (targets::crate_name(&self.name), targets::crate_name(&now.name));
        let both = library(self).zip(library(now)).into_iter().chain([program]);
        both.filter(|(was, is)| was != is).rev().collect()
    }
}

/// A library or binary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Crate name, `-` as `_`.
    pub name: String,
    /// What it is.
    pub kind: TargetKind,
    /// Path of its root file in the tree.
    pub path: String,
    /// `required-features`
    pub required_features: Vec<String>,
}

/// Library or binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetKind {
    /// `[lib]`
    Lib,
    /// `[lib] proc-macro = true`
    ProcMacro,
    /// `[[bin]]`
    Bin,
}

/// A dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package's own name.
    pub package: String,
    /// Directory in the tree for path dependencies inside it.
    pub path: Option<String>,
    /// Version requirement as written.
    pub requirement: Option<String>,
    /// `optional = true`
    pub optional: bool,
    /// Features asked for.
    pub features: BTreeSet<String>,
    /// `default-features`
    pub default_features: bool,
}
