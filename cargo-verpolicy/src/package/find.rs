//! From a place in a tree to the workspace around it, as cargo finds it.

use super::manifest::{Manifest, Source, inherits, string};
use super::members::{is_excluded, member_directories};
use super::{ManifestProblem, Package, Workspace, lock, lower};
use crate::tree::{Kind, Node, SourceTree, TreeError, join, parent};
use std::collections::{BTreeMap, BTreeSet};

/// There is no workspace to read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct WorkspaceError {
    /// Path in the tree at which it was looked for.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl From<TreeError> for WorkspaceError {
    fn from(error: TreeError) -> Self {
        WorkspaceError { path: error.path, message: error.message }
    }
}

/// The workspace around `start`, a directory in the tree or the path of a manifest: members, and path dependencies
/// inside the tree that are no members.
///
/// # Errors
/// There is no manifest at `start` or above it, the root that a manifest names is missing, or the tree could not be
/// read there. A manifest that does not parse is no error but one of [`Workspace::problems`].
pub fn read_workspace(tree: &dyn SourceTree, start: &str) -> Result<Workspace, WorkspaceError> {
    let first = nearest_manifest(tree, start)?;
    let root = root_manifest(tree, &first)?;
    let source = match Source::read(tree, &root) {
        Ok(Some(source)) => source,
        Ok(None) => {
            let message = format!(
                "there is no such manifest in {}, though `{first}` names it as its workspace's root",
                tree.origin()
            );
            return Err(WorkspaceError { path: root, message });
        }
        Err(problem) => return Ok(broken_root(&root, problem)),
    };
    let (manifest, problem) = source.parse();
    let mut reading = Reading {
        tree,
        root: &manifest,
        directory: source.directory().to_owned(),
        packages: BTreeMap::new(),
        met: BTreeSet::new(),
        problems: Vec::new(),
    };
    reading.met.insert(root.clone());
    let ahead = match problem {
        None => reading.take(&source, &manifest, true),
        Some(problem) => {
            reading.problems.push(problem);
            Vec::new()
        }
    };
    let members = member_directories(tree, &manifest, &mut reading.problems);
    reading.follow(members.into_iter().map(|directory| (directory, true)).chain(ahead).collect());
    if first != root {
        // Cargo would refuse a package that its workspace does not list; what was asked for is read all the same.
        reading.follow(vec![(parent(&first).unwrap_or_default().to_owned(), true)]);
    }
    Ok(reading.finish())
}

/// The package of the manifest in `directory` and nothing of what stands around it: one that others depend on. What it
/// inherits stands in a workspace no higher than `top`.
#[must_use]
pub fn read_package(tree: &dyn SourceTree, directory: &str, top: &str) -> Option<Package> {
    let source = Source::read(tree, &manifest_in(directory)).ok().flatten()?;
    let (manifest, problem) = source.parse();
    if problem.is_some() {
        return None;
    }
    let mut above = directory;
    while above != top {
        above = parent(above)?;
        let Ok(Some(root)) = Source::read(tree, &manifest_in(above)) else { continue };
        let (root, _) = root.parse();
        if root.get(&["workspace"]).is_some() {
            return Some(lower::package(tree, &manifest, &root, &mut Vec::new())?.package);
        }
    }
    Some(lower::package(tree, &manifest, &manifest, &mut Vec::new())?.package)
}

fn broken_root(root: &str, problem: ManifestProblem) -> Workspace {
    Workspace {
        root: parent(root).unwrap_or_default().to_owned(),
        manifest: root.to_owned(),
        problems: vec![problem],
        ..Workspace::default()
    }
}

/// The manifest that `start` names, or that of the nearest directory at or above it.
fn nearest_manifest(tree: &dyn SourceTree, start: &str) -> Result<String, WorkspaceError> {
    let Some(start) = join("", start) else {
        let message = "leaves the tree; name a directory inside it".to_owned();
        return Err(WorkspaceError { path: start.to_owned(), message });
    };
    if let Some(Node::File(_)) = tree.node(&start)? {
        return Ok(start);
    }
    let mut directory =
        Some(start.strip_suffix("Cargo.toml").map_or(start.as_str(), |above| above.trim_end_matches('/')));
    while let Some(at) = directory {
        let manifest = manifest_in(at);
        if let Some(Node::File(_)) = tree.node(&manifest)? {
            return Ok(manifest);
        }
        directory = parent(at);
    }
    let shown = if start.is_empty() { "." } else { &start };
    Err(WorkspaceError { path: shown.to_owned(), message: no_manifest(tree) })
}

fn no_manifest(tree: &dyn SourceTree) -> String {
    let mut below: Vec<String> = Vec::new();
    for (name, kind) in tree.names("").unwrap_or_default() {
        let manifest = manifest_in(&name);
        if kind == Kind::Directory && matches!(tree.node(&manifest), Ok(Some(Node::File(_)))) {
            below.push(format!("`{manifest}`"));
        }
    }
    let help = match below.len() {
        0 => "name the directory of a package or workspace with `--manifest-path`".to_owned(),
        _ => format!("there is {}: name it with `--manifest-path`", below.join(", ")),
    };
    format!("no Cargo.toml here or above in {}; {help}", tree.origin())
}

/// The root of the workspace that a manifest belongs to: itself if it has `[workspace]`, what `package.workspace`
/// names, or the nearest manifest above with a `[workspace]` that does not exclude it; else itself.
fn root_manifest(tree: &dyn SourceTree, first: &str) -> Result<String, WorkspaceError> {
    let mut at = Some(first.to_owned());
    while let Some(path) = at {
        if let Ok(Some(source)) = Source::read(tree, &path) {
            let (manifest, _) = source.parse();
            if manifest.get(&["workspace"]).is_some() && !is_excluded(&manifest, first) {
                return Ok(path);
            }
            if let Some(named) = manifest.package().and_then(|package| string(package, "workspace")) {
                return named_root(&source, named);
            }
        }
        let above = parent(&path).and_then(parent);
        at = above.map(manifest_in);
    }
    Ok(first.to_owned())
}

fn named_root(source: &Source, named: &str) -> Result<String, WorkspaceError> {
    match join(source.directory(), named) {
        Some(directory) => Ok(manifest_in(&directory)),
        None => {
            let message = format!("its workspace `{named}` is outside the tree; run from a directory that holds both");
            Err(WorkspaceError { path: source.path.clone(), message })
        }
    }
}

pub(super) fn manifest_in(directory: &str) -> String {
    if directory.is_empty() { "Cargo.toml".to_owned() } else { format!("{directory}/Cargo.toml") }
}

/// A workspace being read.
struct Reading<'a> {
    tree: &'a dyn SourceTree,
    root: &'a Manifest<'a>,
    directory: String,
    /// By manifest path.
    packages: BTreeMap<String, Package>,
    met: BTreeSet<String>,
    problems: Vec<ManifestProblem>,
}

impl Reading<'_> {
    /// Reads packages by their directories, and the path dependencies that they lead to. `true` is a member.
    fn follow(&mut self, mut ahead: Vec<(String, bool)>) {
        ahead.reverse();
        while let Some((directory, member)) = ahead.pop() {
            let path = manifest_in(&directory);
            if !self.met.insert(path.clone()) {
                continue;
            }
            match Source::read(self.tree, &path) {
                Err(problem) => self.problems.push(problem),
                Ok(None) => {}
                Ok(Some(source)) => {
                    let (manifest, problem) = source.parse();
                    match problem {
                        Some(problem) => self.problems.push(problem),
                        None => ahead.extend(self.take(&source, &manifest, member)),
                    }
                }
            }
        }
    }

    /// Takes in one package; returns the directories of its path dependencies, and whether they are members.
    fn take(&mut self, source: &Source, manifest: &Manifest<'_>, member: bool) -> Vec<(String, bool)> {
        if manifest.package().is_none() {
            let virtual_root = manifest.get(&["workspace"]).is_some();
            if !virtual_root {
                self.problems.push(source.problem(None, "has neither [package] nor [workspace]; add one"));
            }
            return Vec::new();
        }
        let lowered = self.lower(source, manifest, member);
        let Some(lower::Lowered { mut package, neighbours }) = lowered else { return Vec::new() };
        package.member = member;
        self.packages.insert(source.path.clone(), package);
        neighbours.into_iter().map(|directory| (directory.clone(), self.is_member(&directory))).collect()
    }

    /// A package that is no member inherits from the root of its own workspace.
    fn lower(&mut self, source: &Source, manifest: &Manifest<'_>, member: bool) -> Option<lower::Lowered> {
        if !member {
            let own = root_manifest(self.tree, &source.path).ok().filter(|own| *own != self.root.source.path);
            if let Some(own) = own.and_then(|own| Source::read(self.tree, &own).ok().flatten()) {
                return lower::package(self.tree, manifest, &own.parse().0, &mut self.problems);
            }
        }
        lower::package(self.tree, manifest, self.root, &mut self.problems)
    }

    /// A path dependency inside the workspace's directory is a member unless excluded.
    fn is_member(&self, directory: &str) -> bool {
        let inside = self.directory.is_empty()
            || directory.strip_prefix(&self.directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        inside && self.root.get(&["workspace"]).is_some() && !is_excluded(self.root, &manifest_in(directory))
    }

    fn finish(mut self) -> Workspace {
        let lock =
            if self.directory.is_empty() { "Cargo.lock".to_owned() } else { format!("{}/Cargo.lock", self.directory) };
        let locked = match Source::read(self.tree, &lock) {
            Ok(Some(source)) => lock::read(&source.text),
            Ok(None) => BTreeMap::new(),
            Err(problem) => {
                self.problems.push(problem);
                BTreeMap::new()
            }
        };
        let mut packages: Vec<Package> = self.packages.into_values().collect();
        packages.sort_by(|a, b| a.name.cmp(&b.name).then(b.member.cmp(&a.member)).then(a.manifest.cmp(&b.manifest)));
        if packages.is_empty() && self.problems.is_empty() {
            let message =
                "this manifest is virtual and its workspace has no members; list them under `workspace.members`";
            self.problems.push(self.root.source.problem(None, message));
        }
        self.problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        self.problems.dedup();
        Workspace {
            manifest: self.root.source.path.clone(),
            root: self.directory,
            locked,
            metadata: self.root.plain(&["workspace", "metadata", "verpolicy"]),
            packages,
            followed: Vec::new(),
            problems: self.problems,
        }
    }
}

/// What the manifest at a path says of a package's version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatedVersion {
    /// The version, inheritance followed.
    Version(String),
    /// The package is there and states none.
    None,
    /// There is no manifest of that package at that path: it may stand elsewhere in the tree.
    NotHere,
}

/// The version of the package `name` if `manifest` is its manifest in that tree. Reads one or two files, where
/// [`read_workspace`] reads all: the way to ask many revisions.
#[must_use]
pub fn stated_version(tree: &dyn SourceTree, manifest: &str, name: &str) -> StatedVersion {
    let Ok(Some(source)) = Source::read(tree, manifest) else { return StatedVersion::NotHere };
    let (parsed, problem) = source.parse();
    let named = parsed.package().and_then(|package| string(package, "name"));
    if problem.is_some() || named != Some(name) {
        return StatedVersion::NotHere;
    }
    let Some(version) = parsed.package().and_then(|package| package.get("version")) else { return StatedVersion::None };
    let stated = |value: &super::manifest::Value<'_>| match value.get_ref().as_str() {
        Some(version) => StatedVersion::Version(version.to_owned()),
        None => StatedVersion::None,
    };
    if !inherits(version) {
        return stated(version);
    }
    let root = root_manifest(tree, manifest).ok().and_then(|root| Source::read(tree, &root).ok().flatten());
    let Some(root) = root else { return StatedVersion::None };
    root.parse().0.get(&["workspace", "package", "version"]).map_or(StatedVersion::None, stated)
}
