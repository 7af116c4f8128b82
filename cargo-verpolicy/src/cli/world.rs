//! Opens what a command works on: the repository, the two sides, the packages in scope.

use super::args::Scope;
use super::failure::Failure;
use super::progress::Progress;
use crate::extract::{self, FactsStore, MarkError, Marking, Options, Unresolved};
use crate::model::EndpointSet;
use crate::package::{self, Workspace};
use crate::tree::{Node, Repository, RepositoryError, SourceTree, Worktree};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where an endpoint set comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The user's work tree.
    WorkTree,
    /// A git revision.
    Git(String),
    /// A directory.
    Path(PathBuf),
    /// A snapshot file.
    Snapshot(PathBuf),
    /// A published package; without a name, each package its own.
    Registry {
        /// `NAME@`
        name: Option<String>,
        /// `None` is the latest.
        version: Option<String>,
        /// Another registry than crates.io, as cargo's configuration names it.
        registry: Option<String>,
    },
    /// A snapshot as a commit has it.
    SnapshotAt {
        /// The commit.
        revision: String,
        /// Path in its tree.
        path: String,
    },
}

/// The words that an origin begins with.
const ORIGINS: [&str; 4] = ["git", "path", "registry", "snapshot"];

impl From {
    /// Reads `git:REV`, `path:DIR`, `snapshot:FILE`; a bare word is a revision.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let formats = "an origin is git:REV, path:DIR, registry:[NAME@]VERSION, registry:latest or snapshot:FILE";
        match text.split_once(':') {
            Some((_, "")) => Err(Failure::usage(format!("`{text}` names nothing after the colon")).help(formats)),
            Some(("git", revision)) => Ok(Self::Git(revision.to_owned())),
            Some(("path", directory)) => Ok(Self::Path(PathBuf::from(directory))),
            Some(("snapshot", file)) => Ok(Self::Snapshot(PathBuf::from(file))),
            Some(("registry", package)) => {
                let (name, version) = match package.split_once('@') {
                    Some((name, version)) => (Some(name.to_owned()), version),
                    None => (None, package),
                };
                let version = Some(version.to_owned()).filter(|v| v != "latest");
                Ok(Self::Registry { name, version, registry: None })
            }
            Some((kind @ ("openapi" | "binary"), _)) => {
                Err(Failure::usage(format!("`{kind}:` origins cannot be read yet")).help(formats))
            }
            _ if text.is_empty() => Err(Failure::usage("an origin is empty").help(formats)),
            Some((word, rest)) => match versioning_grammar::nearest(word, ORIGINS.iter().copied()) {
                Some(kind) => Err(Failure::usage(format!("`{word}:` begins no origin"))
                    .help(format!("did you mean `{kind}:{rest}`?"))),
                None => Ok(Self::Git(text.to_owned())),
            },
            None => Ok(Self::Git(text.to_owned())),
        }
    }
}

/// What a command starts from.
pub(super) struct World {
    /// The repository around the start, if there is one.
    pub repository: Result<Repository, RepositoryError>,
    /// Directory of the manifest that was named, or the current one.
    pub start: PathBuf,
    /// Facts of both sides; a process opens one world and ends with it, so that nothing takes them apart.
    pub store: ManuallyDrop<FactsStore>,
    /// Those that `-p` names.
    packages: Vec<String>,
    /// No network.
    offline: bool,
    /// Marks that lack only their `since` are no errors: it is about to be written.
    pub mends_sinces: bool,
}

/// One side, opened.
#[derive(Clone)]
pub(super) struct Side {
    /// What was asked for.
    pub from: From,
    /// Its files; `None` for a snapshot.
    pub tree: Option<Arc<dyn SourceTree>>,
    /// Its packages.
    pub workspace: Workspace,
    /// Endpoint sets that came without source.
    pub given: Option<EndpointSet>,
    /// `git:v1.2.0`, `work tree`.
    pub origin: String,
    /// The work tree's root on disk, where files can be written.
    pub root: Option<PathBuf>,
    /// By package, names of its crates that are called otherwise on the side they are compared with.
    pub called: BTreeMap<String, BTreeMap<String, String>>,
}

impl World {
    /// Opens the repository around `--manifest-path` or the current directory.
    pub(super) fn open(scope: &Scope) -> Result<Self, Failure> {
        let named = scope.manifest_path.clone();
        let start = match &named {
            Some(path) if path.is_dir() => path.clone(),
            Some(path) => path.parent().map(Path::to_path_buf).unwrap_or_default(),
            None => PathBuf::from("."),
        };
        let start = if start.as_os_str().is_empty() { PathBuf::from(".") } else { start };
        let start = std::fs::canonicalize(&start).map_err(|error| {
            let shown = named.as_deref().unwrap_or(&start).display().to_string();
            Failure::new("manifest", format!("{shown} cannot be opened: {error}"))
                .help("name the Cargo.toml, or its directory, with --manifest-path")
        })?;
        if let Some(path) = named.as_ref().filter(|path| !path.is_dir()) {
            let is_manifest = path.file_name().is_some_and(|name| name == "Cargo.toml");
            let what = match (path.is_file(), is_manifest) {
                (true, true) => None,
                (true, false) => Some(format!("{} is no Cargo.toml", path.display())),
                (false, _) => Some(format!("there is no {}", path.display())),
            };
            if let Some(what) = what {
                return Err(
                    Failure::new("manifest", what).help("name the Cargo.toml, or its directory, with --manifest-path")
                );
            }
        }
        Ok(Self {
            repository: Repository::discover(&start),
            start,
            store: ManuallyDrop::new(FactsStore::default()),
            packages: scope.package.clone(),
            offline: scope.offline || scope.frozen,
            mends_sinces: false,
        })
    }

    /// The repository, or why there is none.
    pub(super) fn repository(&self) -> Result<&Repository, Failure> {
        self.repository.as_ref().map_err(|error| error.clone().into())
    }

    /// Where the start stands in the trees of the repository. A manifest that is only below its root is what is meant.
    pub(super) fn start_in_tree(&self) -> String {
        let Ok(repository) = &self.repository else { return String::new() };
        let start = repository.relative(&self.start).unwrap_or_default();
        if !start.is_empty() || self.start.join("Cargo.toml").is_file() {
            return start;
        }
        let below = repository.work_tree().ok().and_then(|tree| topmost(&tree).into_iter().next());
        below.unwrap_or_default()
    }

    /// Opens one side.
    pub(super) fn side(&self, from: &From) -> Result<Side, Failure> {
        let mut side = self.open_side(from)?;
        side.from = from.clone();
        Ok(side)
    }

    fn open_side(&self, from: &From) -> Result<Side, Failure> {
        match from {
            From::WorkTree => match &self.repository {
                Ok(repository) => {
                    let tree = repository.work_tree()?;
                    let root = tree.root().to_path_buf();
                    let side = self.sources(Arc::new(tree), &self.start_in_tree(), Some(root))?;
                    self.refuse_several(&side)?;
                    Ok(side)
                }
                Err(RepositoryError::NoRepository { .. }) => self.directory(&self.start, "work tree"),
                Err(error) => Err(error.clone().into()),
            },
            From::Git(revision) => {
                let tree = self.repository()?.tree(revision)?;
                self.sources(Arc::new(tree), &self.start_in_tree(), None)
            }
            From::Path(directory) => self.directory(directory, &format!("path:{}", directory.display())),
            From::Registry { name: None, version, .. } => {
                let (name, registry) = self.only_package()?;
                self.open_side(&From::Registry { name: Some(name), version: version.clone(), registry })
            }
            From::Registry { name: Some(name), version, registry } => {
                let _fetching = Progress::start(format!("asking the registry for {name}"), 1);
                let tree =
                    crate::tree::published(name, version.as_deref(), registry.as_deref(), &self.start, self.offline)
                        .map_err(|error| Failure::new("registry", error.to_string()))?;
                self.sources(Arc::new(tree), "", None)
            }
            From::Snapshot(file) => {
                let shown = file.display().to_string();
                let text = std::fs::read_to_string(file).map_err(|error| {
                    Failure::new("snapshot", format!("{shown} cannot be read: {error}"))
                        .help("`cargo verpolicy snapshot` writes one")
                })?;
                Self::snapshot(&text, &shown, format!("snapshot:{shown}"))
            }
            From::SnapshotAt { revision, path } => {
                let bytes = self.repository()?.tree(revision)?.read(path)?;
                let short = revision.get(..10).unwrap_or(revision);
                let text = String::from_utf8_lossy(&bytes);
                Self::snapshot(&text, &format!("{short}:{path}"), format!("snapshot:{path}@{short}"))
            }
        }
    }

    /// Several projects below a directory without one: which is meant is not guessed.
    fn refuse_several(&self, side: &Side) -> Result<(), Failure> {
        let Some(tree) = side.tree.as_ref().filter(|tree| matches!(tree.node("Cargo.toml"), Ok(None))) else {
            return Ok(());
        };
        let above = self.repository.as_ref().ok().and_then(|repository| repository.relative(&self.start));
        let all = if above.is_none_or(|above| above.is_empty()) { topmost(tree.as_ref()) } else { Vec::new() };
        let held = |other: &String| side.workspace.packages.iter().any(|package| package.directory == *other);
        if all.iter().all(|other| held(other) || *other == side.workspace.root) {
            return Ok(());
        }
        let message = format!("no Cargo.toml stands here, and several do below: {}", all.join(", "));
        Err(Failure::new("manifest", message).help("name one with --manifest-path"))
    }

    /// The package that a registry origin without a name means, and the registry that it is published to.
    fn only_package(&self) -> Result<(String, Option<String>), Failure> {
        let workspace = self.open_side(&From::WorkTree)?.workspace;
        let is_meant = |name: &str| self.packages.is_empty() || self.packages.iter().any(|package| package == name);
        let mut meant = workspace.packages.iter().filter(|package| package.member && is_meant(&package.name));
        match (meant.next(), meant.next()) {
            (Some(only), None) => {
                Ok((only.name.clone(), only.registry.clone().filter(|registry| registry != "crates-io")))
            }
            _ => Err(Failure::usage("the workspace has several packages, and this registry origin names none")
                .help("choose one with -p, or write registry:NAME@VERSION or registry:NAME@latest")),
        }
    }

    fn directory(&self, directory: &Path, origin: &str) -> Result<Side, Failure> {
        let (tree, start) = Worktree::open(directory, origin)?;
        let root = tree.root().to_path_buf();
        self.sources(Arc::new(tree), &start, Some(root))
    }

    fn sources(&self, tree: Arc<dyn SourceTree>, start: &str, root: Option<PathBuf>) -> Result<Side, Failure> {
        let workspace = match package::read_workspace(tree.as_ref(), start) {
            Ok(workspace) => workspace,
            // The project stood elsewhere at that revision: its packages are found by name.
            Err(error) => match elsewhere(tree.as_ref(), start) {
                Some(workspace) => workspace,
                None => return Err(Failure::new("manifest", error.to_string())),
            },
        };
        let origin = tree.origin();
        let called = BTreeMap::new();
        Ok(Side { from: From::WorkTree, tree: Some(tree), workspace, given: None, origin, root, called })
    }

    fn snapshot(text: &str, shown: &str, origin: String) -> Result<Side, Failure> {
        let set = crate::snapshot::read(text)
            .map_err(|error| Failure::new("snapshot", error.message.clone()).at(shown, error.line, error.column))?;
        if let Some(revision) = crate::snapshot::written_by_another(text) {
            super::output::warn(&format!(
                "{shown} was written by revision {revision} of the extractor, and this is {}: a difference may be one of \
                 reading; write it anew from its release with `cargo verpolicy snapshot`",
                crate::snapshot::EXTRACTOR
            ));
        }
        Ok(Side {
            from: From::WorkTree,
            tree: None,
            workspace: Workspace::default(),
            given: Some(set),
            origin,
            root: None,
            called: BTreeMap::new(),
        })
    }

    /// The endpoint sets of a side, by package name.
    pub(super) fn sets(
        &self,
        side: &Side,
        only: Option<&BTreeSet<String>>,
        options: &Options,
    ) -> Result<BTreeMap<String, EndpointSet>, Failure> {
        Ok(self.read(side, only, options)?.sets)
    }

    /// The endpoint sets of a side, and what its marks still leave open.
    pub(super) fn read(
        &self,
        side: &Side,
        only: Option<&BTreeSet<String>>,
        options: &Options,
    ) -> Result<Read, Failure> {
        let Some(tree) = &side.tree else {
            let sets = side.given.iter().map(|set| (set.package.clone(), set.clone())).collect();
            return Ok(Read { sets, ..Read::default() });
        };
        let items = super::settings::item_marks(side);
        let options = Options { items, called: side.called.clone(), ..options.clone() };
        let extracted = extract::endpoint_sets(tree.as_ref(), &side.workspace, &self.store, only, &options);
        let is_left_out = |error: &&MarkError| self.mends_sinces && error.no_since.is_some();
        let (without_since, errors): (Vec<_>, Vec<_>) = extracted.mark_errors.iter().partition(is_left_out);
        if let Some(error) = errors.first() {
            let more = errors.len() - 1;
            let tail = if more == 0 { String::new() } else { format!(" (and {more} more)") };
            let head = if side.root.is_some() { String::new() } else { format!("{}: ", side.origin) };
            let failure = Failure::new("mark", format!("{head}{}{tail}", error.message));
            let failure = failure.at(&error.place.file, error.place.line, error.place.column);
            return Err(if error.unknown_key {
                failure.help(
                    "if it is no slip, this mark was written for a newer version of the tool: update cargo-verpolicy",
                )
            } else if error.place.file.ends_with("Cargo.toml") {
                failure.help("name a public item by its path (`my_crate::my_macro`), or `feature NAME`, and write its mark as in #[api(…)]")
            } else {
                failure.help("mend the mark; rustc refuses it too")
            });
        }
        let sets = extracted.sets.into_iter().map(|set| (set.package.clone(), set)).collect();
        let without_since = without_since.into_iter().cloned().collect();
        Ok(Read { sets, unresolved: extracted.unresolved, marking: extracted.marking, without_since })
    }
}

/// What was read of one side.
#[derive(Default)]
pub(super) struct Read {
    /// By package name.
    pub sets: BTreeMap<String, EndpointSet>,
    /// Versions of marks that say `next`, by package name.
    pub unresolved: BTreeMap<String, Vec<Unresolved>>,
    /// Where marks stand and could stand, by package name.
    pub marking: BTreeMap<String, Marking>,
    /// Marks that lack only their `since`; errors where they are not to be mended.
    pub without_since: Vec<MarkError>,
}

/// The workspace of a tree in which `start` does not exist: that of the topmost manifest, nearest to the root first.
pub(super) fn elsewhere(tree: &dyn SourceTree, start: &str) -> Option<Workspace> {
    if start.is_empty() {
        return package::read_workspace(tree, topmost(tree).first()?).ok();
    }
    let up = start.rsplit_once('/').map_or("", |(above, _)| above);
    package::read_workspace(tree, up).ok().or_else(|| elsewhere(tree, up))
}

/// The directories with a manifest that are nearest to the root of a tree without one.
fn topmost(tree: &dyn SourceTree) -> Vec<String> {
    const DEPTH: usize = 3;
    let mut level = vec![String::new()];
    for _ in 0..DEPTH {
        let (mut found, mut below) = (Vec::new(), Vec::new());
        for directory in &level {
            for (name, node) in tree.list(directory).unwrap_or_default() {
                let path = crate::tree::child(directory, &name);
                let skipped = name.starts_with('.') || name == "target" || name == "node_modules";
                if node == Node::Directory && !skipped {
                    let manifest = tree.node(&crate::tree::child(&path, "Cargo.toml"));
                    if matches!(manifest, Ok(Some(Node::File(_)))) { found.push(path) } else { below.push(path) }
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
        level = below;
    }
    Vec::new()
}

/// Names of the packages in scope: all members, or those that `-p` and `--exclude` leave.
pub(super) fn in_scope(scope: &Scope, workspace: &Workspace) -> Result<BTreeSet<String>, Failure> {
    let members: BTreeSet<&str> = workspace.packages.iter().filter(|p| p.member).map(|p| p.name.as_str()).collect();
    // As cargo reads them: names, or globs over names.
    let is = |asked: &String, name: &str| crate::policy::glob_matches(asked, name);
    for name in scope.package.iter().chain(&scope.exclude) {
        if !members.iter().any(|member| is(name, member)) {
            let failure = Failure::usage(format!("no package `{name}` in this workspace"));
            return Err(match versioning_grammar::nearest(name, members.iter().copied()) {
                Some(close) => failure.help(format!("did you mean `{close}`?")),
                None => failure.help(format!("its members are {}", list(&members))),
            });
        }
    }
    let chosen = members
        .into_iter()
        .filter(|name| scope.package.is_empty() || scope.package.iter().any(|p| is(p, name)))
        .filter(|name| !scope.exclude.iter().any(|p| is(p, name)));
    let chosen: BTreeSet<String> = chosen.map(str::to_owned).collect();
    if chosen.is_empty() && !scope.exclude.is_empty() {
        return Err(Failure::usage("every member is excluded: nothing is left to read"));
    }
    Ok(chosen)
}

/// Names for people, the first dozen of them.
pub(super) fn list(names: &BTreeSet<&str>) -> String {
    let shown: Vec<&str> = names.iter().copied().take(12).collect();
    let more = names.len().saturating_sub(shown.len());
    let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{tail}", shown.join(", "))
}
