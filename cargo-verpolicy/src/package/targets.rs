//! The library and the binaries of a package, as cargo finds them.

use super::manifest::{Manifest, boolean, string, strings};
use super::{ManifestProblem, Target, TargetKind};
use crate::tree::{Kind, Node, SourceTree, TreeError, join};
use toml::de::DeTable;

/// The package whose targets are looked for.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) edition: &'a str,
}

/// Library first, then binaries by name.
pub(super) fn targets(
    tree: &dyn SourceTree,
    manifest: &Manifest<'_>,
    package: &Named<'_>,
    problems: &mut Vec<ManifestProblem>,
) -> Vec<Target> {
    let finder = Finder { tree, manifest, package };
    let mut targets = Vec::new();
    match finder.library() {
        Ok(library) => targets.extend(library),
        Err(error) => problems.push(manifest.source.problem(None, error.to_string())),
    }
    match finder.binaries() {
        Ok(mut binaries) => {
            binaries.sort_by(|a, b| a.name.cmp(&b.name).then(a.path.cmp(&b.path)));
            targets.append(&mut binaries);
        }
        Err(error) => problems.push(manifest.source.problem(None, error.to_string())),
    }
    targets
}

struct Finder<'a> {
    tree: &'a dyn SourceTree,
    manifest: &'a Manifest<'a>,
    package: &'a Named<'a>,
}

impl Finder<'_> {
    fn path(&self, relative: &str) -> Option<String> {
        join(self.manifest.source.directory(), relative)
    }

    fn is_file(&self, relative: &str) -> Result<bool, TreeError> {
        let Some(path) = self.path(relative) else { return Ok(false) };
        Ok(matches!(self.tree.node(&path)?, Some(Node::File(_))))
    }

    /// `autobins = false` and its like.
    fn automatic(&self, key: &str) -> Option<bool> {
        boolean(self.manifest.package()?, key)
    }

    fn library(&self) -> Result<Option<Target>, TreeError> {
        let table = self.manifest.table(&["lib"]);
        let found = self.automatic("autolib") != Some(false) && self.is_file("src/lib.rs")?;
        if table.is_none() && !found {
            return Ok(None);
        }
        let written = |key: &str| table.and_then(|table| string(table, key));
        let Some(path) = self.path(written("path").unwrap_or("src/lib.rs")) else { return Ok(None) };
        let flag = |key: &str| table.and_then(|table| boolean(table, key)).unwrap_or(false);
        let types = table.and_then(|table| table.get("crate-type").or_else(|| table.get("crate_type")));
        let typed = types.is_some_and(|types| strings(types).iter().any(|kind| kind == "proc-macro"));
        let proc_macro = flag("proc-macro") || flag("proc_macro") || typed;
        Ok(Some(Target {
            name: crate_name(written("name").unwrap_or(self.package.name)),
            kind: if proc_macro { TargetKind::ProcMacro } else { TargetKind::Lib },
            path,
            required_features: Vec::new(),
        }))
    }

    fn binaries(&self) -> Result<Vec<Target>, TreeError> {
        let inferred = self.inferred()?;
        let listed = self.manifest.get(&["bin"]).and_then(|bins| bins.get_ref().as_array());
        let mut binaries = Vec::new();
        let mut names = Vec::new();
        for table in listed.into_iter().flat_map(|bins| bins.iter()).filter_map(|bin| bin.get_ref().as_table()) {
            let name = string(table, "name").unwrap_or(self.package.name);
            names.push(name);
            binaries.extend(self.listed(table, name, &inferred));
        }
        // In edition 2015, listing one binary turned the search off.
        let automatic = self.automatic("autobins").unwrap_or(listed.is_none() || self.package.edition != "2015");
        if automatic {
            for (name, path) in &inferred {
                let taken = names.contains(&name.as_str()) || binaries.iter().any(|binary| binary.path == *path);
                if !taken {
                    binaries.push(binary(name, path.clone()));
                }
            }
        }
        Ok(binaries)
    }

    fn listed(&self, table: &DeTable<'_>, name: &str, inferred: &[(String, String)]) -> Option<Target> {
        let path = match string(table, "path") {
            Some(path) => self.path(path)?,
            None => match inferred.iter().find(|(inferred, _)| inferred == name) {
                Some((_, path)) => path.clone(),
                // Reported as a missing file when it is read.
                None => self.path(&format!("src/bin/{name}.rs"))?,
            },
        };
        let required = table.get("required-features").map(strings).unwrap_or_default();
        Some(Target { required_features: required, ..binary(name, path) })
    }

    /// Binaries by the places where cargo looks: names and paths.
    fn inferred(&self) -> Result<Vec<(String, String)>, TreeError> {
        let mut inferred = Vec::new();
        if self.is_file("src/main.rs")? {
            inferred.extend(self.path("src/main.rs").map(|path| (self.package.name.to_owned(), path)));
        }
        let Some(directory) = self.path("src/bin") else { return Ok(inferred) };
        for (name, kind) in self.tree.names(&directory)? {
            match kind {
                Kind::File | Kind::Unreadable => {
                    let stem = name.strip_suffix(".rs").filter(|stem| !stem.is_empty() && !stem.starts_with('.'));
                    inferred.extend(stem.map(|stem| (stem.to_owned(), format!("{directory}/{name}"))));
                }
                Kind::Directory => {
                    let main = format!("{directory}/{name}/main.rs");
                    if let Some(Node::File(_)) = self.tree.node(&main)? {
                        inferred.push((name, main));
                    }
                }
                Kind::Submodule => {}
            }
        }
        Ok(inferred)
    }
}

fn binary(name: &str, path: String) -> Target {
    Target { name: crate_name(name), kind: TargetKind::Bin, path, required_features: Vec::new() }
}

/// What source calls a target or dependency of that name.
pub(super) fn crate_name(name: &str) -> String {
    name.replace('-', "_")
}
