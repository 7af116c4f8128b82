//! Committed snapshots: where a package keeps its own, where it kept it before, and which commit brought each version.

use super::baseline::Past;
use super::{Current, Run};
use crate::cli::failure::Failure;
use crate::cli::{settings, snapshot};
use crate::package::{self, Workspace};
use crate::policy::baseline::SnapshotFact;
use crate::tree::{CommitId, PathState, SourceTree, child, parent};
use std::collections::{BTreeMap, BTreeSet};

/// A package moves so often at most.
const MAX_MOVES: usize = 4;

/// Where a package keeps its snapshot.
pub(super) struct Kept {
    /// Its name, and those under which it was released before.
    names: Vec<String>,
    manifest: String,
    path: String,
    /// The configuration names the file: it may have named another one.
    named: bool,
    /// `first-release` is set: nothing may ever have been released.
    may_be_first: bool,
}

/// The histories of paths that were followed.
type Histories = BTreeMap<String, Vec<PathState>>;

impl Run<'_> {
    /// Where the packages in scope that no baseline is named for keep their snapshots.
    pub(super) fn snapshots_kept(&self, current: &Current) -> Vec<Kept> {
        let workspace = &current.side.workspace;
        let of = |name: &String| {
            let config = current.settings.of(name);
            config.baseline.is_none().then(|| Kept {
                path: snapshot::place(workspace, &current.settings, name),
                manifest: workspace.package(name).map(|package| package.manifest.clone()).unwrap_or_default(),
                names: std::iter::once(name.clone()).chain(config.previous_names.unwrap_or_default()).collect(),
                named: config.snapshot.is_some(),
                may_be_first: config.first_release.is_some(),
            })
        };
        current.names.iter().filter_map(of).collect()
    }
}

impl Past<'_> {
    /// The committed snapshots of a package along HEAD's first parents, each version as first committed. The first time,
    /// those of all packages that may be asked for are followed in one walk.
    pub(super) fn snapshots(
        &mut self,
        package: &str,
        all: impl FnOnce() -> Vec<Kept>,
    ) -> Result<Vec<SnapshotFact>, Failure> {
        let snapshots = match self.snapshots.take() {
            Some(snapshots) => snapshots,
            None => self.walk_snapshots(all())?,
        };
        let found = snapshots.get(package).cloned().unwrap_or_default();
        self.snapshots = Some(snapshots);
        Ok(found)
    }

    /// Where HEAD has none the history is searched only if a first release could hold instead, so that a deleted snapshot
    /// would pass unseen, or if it may have stood elsewhere: to read all commits of a large history takes long, and
    /// without it no baseline is found.
    fn walk_snapshots(&self, kept: Vec<Kept>) -> Result<BTreeMap<String, Vec<SnapshotFact>>, Failure> {
        let Some(head) = self.head() else { return Ok(BTreeMap::new()) };
        let tree = self.repository.tree(&head.to_string())?;
        let lacks = |path: &str| matches!(tree.node(path), Ok(None));
        let may_be_there = |kept: &Kept| kept.may_be_first || kept.named || !lacks(&kept.path) || lacks(&kept.manifest);
        let kept: Vec<Kept> = kept.into_iter().filter(may_be_there).collect();
        if kept.is_empty() {
            return Ok(BTreeMap::new());
        }
        let root = self.root_manifest();
        let mut histories = Histories::new();
        let first = kept.iter().flat_map(|kept| [&kept.path, &kept.manifest]).chain([&root]);
        self.read_histories(head, first.cloned().collect(), &mut histories)?;
        let mut out = BTreeMap::new();
        for kept in &kept {
            let mut paths = vec![kept.path.clone()];
            let mut manifest = Some(kept.manifest.clone());
            for _ in 0..MAX_MOVES {
                let Some(here) = manifest else { break };
                let (places, before) = self.places(head, (&here, &root), &kept.names, &histories);
                let wanted = places.iter().cloned().chain(before.clone()).collect();
                self.read_histories(head, wanted, &mut histories)?;
                paths.extend(places);
                manifest = before;
            }
            if let Some(name) = kept.names.first() {
                out.insert(name.clone(), self.facts_of(head, kept, &paths, &histories));
            }
        }
        Ok(out)
    }

    /// Reads the histories of those paths that were not followed yet. Where a history is cut (a shallow clone), what was
    /// seen may not be the first of its version.
    fn read_histories(
        &self,
        head: CommitId,
        paths: BTreeSet<String>,
        histories: &mut Histories,
    ) -> Result<(), Failure> {
        let fresh: Vec<String> = paths.into_iter().filter(|path| !histories.contains_key(path)).collect();
        if !fresh.is_empty() {
            let read = self.repository.path_histories(head, &fresh)?;
            histories.extend(fresh.into_iter().zip(read.into_iter().map(|history| history.states)));
        }
        Ok(())
    }

    /// The files that manifests named for a package's snapshot while its own stood here, and its manifest from before.
    fn places(
        &self,
        head: CommitId,
        (manifest, root): (&str, &str),
        names: &[String],
        histories: &Histories,
    ) -> (Vec<String>, Option<String>) {
        let directory = parent(manifest).unwrap_or_default();
        let states = |path: &str| histories.get(path).map_or(&[][..], Vec::as_slice);
        let mut files = BTreeSet::from([snapshot::FILE.to_owned()]);
        for blob in states(manifest).iter().chain(states(root)).filter_map(|state| state.blob) {
            let Ok(bytes) = self.repository.blob(blob) else { continue };
            let text = String::from_utf8_lossy(&bytes);
            if text.contains("verpolicy") && text.contains("snapshot") {
                let tables = crate::config::read(&text).unwrap_or_default();
                files.extend([tables.package, tables.workspace].into_iter().flatten().filter_map(|t| t.snapshot));
            }
        }
        let mut places: Vec<String> = files.iter().map(|file| child(directory, file)).collect();
        // Before its manifest stood here, it stood elsewhere.
        let revision = match states(manifest).last() {
            Some(first) => format!("{}^", first.commit.id),
            None => head.to_string(),
        };
        let before = self.workspace_of(&revision).and_then(|workspace| {
            let package = names.iter().find_map(|name| workspace.package(name))?;
            let tables = [&package.metadata, &workspace.metadata];
            let named = tables.into_iter().flatten().find_map(|table| table.get("snapshot")?.as_str());
            places.push(child(&package.directory, named.unwrap_or(snapshot::FILE)));
            Some(package.manifest.clone())
        });
        (places, before.filter(|before| before != manifest))
    }

    /// The workspace at a revision.
    fn workspace_of(&self, revision: &str) -> Option<Workspace> {
        let tree = self.repository.tree(revision).ok()?;
        package::read_workspace(&tree, self.start()).ok().or_else(|| crate::cli::world::elsewhere(&tree, self.start()))
    }

    fn root_manifest(&self) -> String {
        let head = self.head().map(|head| head.to_string());
        let workspace = head.and_then(|head| self.workspace_of(&head));
        workspace.map_or_else(|| "Cargo.toml".to_owned(), |workspace| child(&workspace.root, "Cargo.toml"))
    }

    fn facts_of(&self, head: CommitId, kept: &Kept, paths: &[String], histories: &Histories) -> Vec<SnapshotFact> {
        let paths: BTreeSet<&String> = paths.iter().collect();
        let of = |path| histories.get(path).into_iter().flatten().map(move |state| (path, state));
        let mut states: Vec<(&String, &PathState)> = paths.into_iter().flat_map(of).collect();
        states.sort_by_key(|(path, state)| (std::cmp::Reverse(state.commit.time), **path != kept.path));
        let mut first: BTreeMap<String, SnapshotFact> = BTreeMap::new();
        for (path, state) in states {
            let Some(Ok(bytes)) = state.blob.map(|blob| self.repository.blob(blob)) else { continue };
            let Some((package, version)) = settings::snapshot_version(&bytes) else { continue };
            // Another package's may have stood there before.
            if *path != kept.path && !kept.names.contains(&package) {
                continue;
            }
            // Newest first: an older commit of the same version replaces it, unless this program cannot read it.
            if first.contains_key(&version) && crate::snapshot::read(&String::from_utf8_lossy(&bytes)).is_err() {
                continue;
            }
            let fact = SnapshotFact {
                version: version.clone(),
                commit: state.commit.id.to_string(),
                path: path.clone(),
                head: state.commit.id == head,
            };
            first.insert(version, fact);
        }
        first.into_values().collect()
    }
}
