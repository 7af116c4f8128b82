//! What a repository's history says: tags, ancestors, merge bases, and how one path came to be.

use super::BlobId;
use super::objects::{blob_bytes, object_id};
use super::repository::{Commit, CommitId, Repository, RepositoryError, broken};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet};
use std::sync::Arc;

/// A tag that points at a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// `v1.2.0`, without `refs/tags/`.
    pub name: String,
    /// The commit behind it, annotated or not; an error if its object is missing.
    pub commit: Result<Commit, RepositoryError>,
}

/// Which commits lead to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachable {
    /// Those asked for that are ancestors, the commit itself included.
    pub found: BTreeSet<CommitId>,
    /// Whether the rest are known not to be: false where a shallow clone ends before they were met.
    pub complete: bool,
}

/// A commit that changed a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathState {
    /// The commit.
    pub commit: Commit,
    /// The file as that commit left it; `None` if it removed the file.
    pub blob: Option<BlobId>,
}

impl Repository {
    /// All tags that point at commits, sorted by name. Tags of files and directories are left out.
    ///
    /// # Errors
    /// The references could not be read.
    pub fn tags(&self) -> Result<Vec<Tag>, RepositoryError> {
        let local = self.local();
        let platform = local.references().map_err(|error| broken(&error))?;
        let mut tags = Vec::new();
        for reference in platform.tags().map_err(|error| broken(&error))? {
            let mut reference = reference.map_err(|error| broken(&error))?;
            let Ok(name) = std::str::from_utf8(reference.name().shorten()).map(str::to_owned) else { continue };
            let direct = reference.inner.peeled.or_else(|| reference.try_id().map(gix::Id::detach));
            let commit = match direct {
                Some(id) => self.tagged_commit(&name, id),
                None => reference.peel_to_id().map_err(|error| broken(&error)).and_then(|id| {
                    let id = id.detach();
                    self.tagged_commit(&name, id)
                }),
            };
            if !matches!(commit, Err(RepositoryError::NotACommit { .. })) {
                tags.push(Tag { name, commit });
            }
        }
        tags.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(tags)
    }

    fn tagged_commit(&self, name: &str, id: gix::ObjectId) -> Result<Commit, RepositoryError> {
        let commit = self.peel(name, id)?;
        Ok(self.commit(&commit)?.0)
    }

    /// Which of `ancestors` lead to `commit`. Uses git's commit-graph file where there is one.
    ///
    /// # Errors
    /// A commit on the way could not be read.
    pub fn reachable(&self, commit: CommitId, ancestors: &[CommitId]) -> Result<Reachable, RepositoryError> {
        let walk = Walk::new(self)?;
        let mut wanted: BTreeSet<CommitId> = ancestors.iter().copied().collect();
        let mut found = BTreeSet::new();
        let lowest = wanted.iter().map(|id| walk.generation(*id)).min().unwrap_or(0);
        let mut seen = HashSet::from([commit]);
        let mut ahead = BinaryHeap::from([walk.step(commit)?]);
        let mut complete = true;
        while let Some(step) = ahead.pop() {
            let id = step.id;
            if wanted.remove(&id) {
                found.insert(id);
            }
            if wanted.is_empty() {
                return Ok(Reachable { found, complete: true });
            }
            // An ancestor has a smaller generation than what it leads to.
            if walk.generation(id) < lowest {
                continue;
            }
            complete &= !step.cut;
            for parent in step.parents {
                if seen.insert(parent) {
                    ahead.push(walk.step(parent)?);
                }
            }
        }
        Ok(Reachable { found, complete })
    }

    /// Whether `ancestor` leads to `commit` (or is it).
    ///
    /// # Errors
    /// As [`Repository::reachable`]; also where a shallow clone ends before it is known.
    pub fn is_ancestor(&self, ancestor: CommitId, commit: CommitId) -> Result<bool, RepositoryError> {
        let reachable = self.reachable(commit, &[ancestor])?;
        match reachable.found.contains(&ancestor) {
            true => Ok(true),
            false if reachable.complete => Ok(false),
            false => Err(cut_off()),
        }
    }

    /// The best common ancestor of two commits; `None` if their histories have nothing in common.
    ///
    /// # Errors
    /// A commit on the way could not be read, or a shallow clone ends before one is found.
    pub fn merge_base(&self, one: CommitId, other: CommitId) -> Result<Option<CommitId>, RepositoryError> {
        let local = self.local();
        let ids = (gix::ObjectId::Sha1(one.0), gix::ObjectId::Sha1(other.0));
        match local.merge_base(ids.0, ids.1) {
            Ok(Some(id)) => Ok(Some(CommitId(blob_bytes(&id).0))),
            Ok(None) if !self.is_shallow() => Ok(None),
            Ok(None) => Err(cut_off()),
            Err(_) if self.is_shallow() => Err(cut_off()),
            Err(error) => Err(broken(&error)),
        }
    }

    /// How files came to be: for each path the commits that changed it on the way from `commit` back along first
    /// parents, all read in one walk.
    ///
    /// # Errors
    /// The first commit could not be read; an error on the way ends the walk and stands in each history.
    pub fn path_histories(&self, commit: CommitId, paths: &[String]) -> Result<Vec<PathHistory>, RepositoryError> {
        let walk = Walk::new(self)?;
        let mut names = Names::default();
        for (index, path) in paths.iter().enumerate() {
            names.add(path, index);
        }
        let mut step = walk.step(commit)?;
        let mut here = vec![None; paths.len()];
        names.read(self, Some(step.tree), &mut here)?;
        let mut out = vec![PathHistory::default(); paths.len()];
        // Objects that replace others can make a history that never ends.
        let mut seen = HashSet::from([commit]);
        loop {
            let mut there = here.clone();
            let before = walk.first_parent(&step).and_then(|before| {
                names.read(self, before.as_ref().map(|before| before.tree), &mut there)?;
                Ok(before)
            });
            let before = match before {
                Ok(before) => before,
                Err(error) => {
                    out.iter_mut().for_each(|history| history.cut = Some(error.clone()));
                    return Ok(out);
                }
            };
            for (history, (here, there)) in out.iter_mut().zip(here.iter().zip(&there)) {
                if here != there {
                    let commit = Commit { id: step.id, time: step.time };
                    history.states.push(PathState { commit, blob: here.as_ref().map(|id| blob_bytes(id)) });
                }
            }
            let Some(before) = before.filter(|before| seen.insert(before.id)) else { return Ok(out) };
            (step, here) = (before, there);
        }
    }

    /// The bytes of a file by its id.
    ///
    /// # Errors
    /// It is missing or no file.
    pub fn blob(&self, id: BlobId) -> Result<Arc<[u8]>, RepositoryError> {
        self.objects.blob(&object_id(id)).map_err(RepositoryError::Object)
    }
}

fn cut_off() -> RepositoryError {
    let message =
        "this clone is shallow and ends before the answer: fetch the rest with `git fetch --unshallow --tags`";
    RepositoryError::Object(message.to_owned())
}

/// Commits by their links, from the commit-graph file where it holds them.
struct Walk<'a> {
    repository: &'a Repository,
    graph: Option<gix::commitgraph::Graph>,
    /// Commits whose parents a shallow clone left out.
    boundary: BTreeSet<CommitId>,
}

/// One commit of a walk; ordered by time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    time: i64,
    id: CommitId,
    tree: gix::ObjectId,
    parents: Vec<CommitId>,
    /// Parents exist that this clone does not have.
    cut: bool,
}

impl<'a> Walk<'a> {
    fn new(repository: &'a Repository) -> Result<Self, RepositoryError> {
        let local = repository.local();
        let shallow = local.shallow_commits().map_err(|error| broken(&error))?;
        let boundary = shallow.iter().flat_map(|ids| ids.iter()).map(|id| CommitId(blob_bytes(id).0)).collect();
        // A commit-graph is only a faster way to the same answer: a broken one is not used.
        let graph = local.commit_graph_if_enabled().ok().flatten();
        Ok(Walk { repository, graph, boundary })
    }

    fn listed(&self, id: CommitId) -> Option<gix::commitgraph::file::Commit<'_>> {
        self.graph.as_ref()?.commit_by_id(gix::ObjectId::Sha1(id.0))
    }

    /// One more than the largest generation among the parents; the largest number where it is not known.
    fn generation(&self, id: CommitId) -> u32 {
        self.listed(id).map_or(u32::MAX, |commit| commit.generation())
    }

    fn step(&self, id: CommitId) -> Result<Step, RepositoryError> {
        let mut step = match self.step_in_graph(id) {
            Some(step) => step,
            None => self.step_in_objects(id)?,
        };
        if self.boundary.contains(&id) {
            step.cut = !step.parents.is_empty();
            step.parents.clear();
        }
        Ok(step)
    }

    /// The commit before, along first parents; `None` where the history begins.
    fn first_parent(&self, step: &Step) -> Result<Option<Step>, RepositoryError> {
        match step.parents.first() {
            _ if step.cut => Err(cut_off()),
            Some(parent) => self.step(*parent).map(Some),
            None => Ok(None),
        }
    }

    fn step_in_graph(&self, id: CommitId) -> Option<Step> {
        let graph = self.graph.as_ref()?;
        let commit = self.listed(id)?;
        let mut parents = Vec::new();
        for parent in commit.iter_parents() {
            parents.push(CommitId(blob_bytes(graph.id_at(parent.ok()?)).0));
        }
        let time = i64::try_from(commit.committer_timestamp()).unwrap_or(i64::MAX);
        Some(Step { time, id, tree: commit.root_tree_id().to_owned(), parents, cut: false })
    }

    fn step_in_objects(&self, id: CommitId) -> Result<Step, RepositoryError> {
        let object = gix::ObjectId::Sha1(id.0);
        let read = self.repository.objects.read(&object, |_, bytes| {
            let tree = gix::objs::CommitRefIter::from_bytes(bytes, object.kind()).tree_id().ok()?;
            let commit = || gix::objs::CommitRefIter::from_bytes(bytes, object.kind());
            let parents = commit().parent_ids().map(|id| CommitId(blob_bytes(&id).0)).collect();
            let time = commit().committer().ok()?.seconds();
            Some(Step { time, id, tree, parents, cut: false })
        });
        read.map_err(RepositoryError::Object)?
            .ok_or_else(|| RepositoryError::Object(format!("commit {id} cannot be read; run `git fsck`")))
    }
}

/// The commits that changed one path; see [`Repository::path_histories`].
#[derive(Clone, Debug, Default)]
pub struct PathHistory {
    /// Newest first.
    pub states: Vec<PathState>,
    /// Why the oldest may be missing: a shallow clone, an object that cannot be read.
    pub cut: Option<RepositoryError>,
}

/// The names on the way to the paths that are followed, as a tree; each remembers what it was last seen to be, for most
/// commits change few of them.
#[derive(Default)]
struct Names {
    below: BTreeMap<String, Names>,
    /// Which of the paths end here.
    ends: Vec<usize>,
    seen: Option<Option<gix::ObjectId>>,
}

impl Names {
    fn add(&mut self, path: &str, index: usize) {
        let names = path.split('/').filter(|name| !name.is_empty());
        names.fold(self, |at, name| at.below.entry(name.to_owned()).or_default()).ends.push(index);
    }

    /// What the paths lead to from an object; the states of what did not change stay as they are.
    fn read(
        &mut self,
        repository: &Repository,
        id: Option<gix::ObjectId>,
        states: &mut [Option<gix::ObjectId>],
    ) -> Result<(), RepositoryError> {
        if self.seen == Some(id) {
            return Ok(());
        }
        for index in &self.ends {
            if let Some(state) = states.get_mut(*index) {
                *state = id;
            }
        }
        let held = match &id {
            Some(tree) if !self.below.is_empty() => held(repository, tree, &self.below)?,
            _ => BTreeMap::new(),
        };
        for (name, below) in &mut self.below {
            below.read(repository, held.get(name).copied(), states)?;
        }
        self.seen = Some(id);
        Ok(())
    }
}

/// What a tree object holds under some names; not remembered, for a history has many trees.
fn held(
    repository: &Repository,
    tree: &gix::oid,
    names: &BTreeMap<String, Names>,
) -> Result<BTreeMap<String, gix::ObjectId>, RepositoryError> {
    let read = repository.objects.read(tree, |kind, bytes| {
        if kind != gix::objs::Kind::Tree {
            return BTreeMap::new();
        }
        let entries = gix::objs::TreeRefIter::from_bytes(bytes, tree.kind()).flatten();
        let wanted = entries.filter(|entry| !entry.mode.is_commit()).filter_map(|entry| {
            let name = std::str::from_utf8(entry.filename).ok().filter(|name| names.contains_key(*name))?;
            Some((name.to_owned(), entry.oid.to_owned()))
        });
        wanted.collect()
    });
    read.map_err(RepositoryError::Object)
}

/// Tags and branches that look like what was asked for, best first.
pub(super) fn similar_names(local: &gix::Repository, revision: &str) -> Vec<String> {
    if base_name(local, revision).is_some() {
        // The name is right; what follows it leads nowhere.
        return Vec::new();
    }
    let asked = bare_name(revision);
    let Ok(platform) = local.references() else { return Vec::new() };
    let Ok(references) = platform.all() else { return Vec::new() };
    let mut similar = Vec::new();
    for reference in references.flatten() {
        let full = reference.name().as_bstr().to_string();
        let short = ["refs/tags/", "refs/heads/", "refs/remotes/"].iter().find_map(|prefix| full.strip_prefix(prefix));
        if let Some(short) = short
            && let Some(distance) = distance(asked, short)
        {
            similar.push((distance, short.to_owned()));
        }
    }
    similar.sort();
    similar.dedup();
    similar.into_iter().map(|(_, name)| name).take(3).collect()
}

/// The name that a revision starts from (`main` of `main~3`), if it is there and something follows it.
pub(super) fn base_name<'r>(local: &gix::Repository, revision: &'r str) -> Option<&'r str> {
    let name = bare_name(revision);
    (name.len() < revision.len() && local.rev_parse_single(name).is_ok()).then_some(name)
}

fn bare_name(revision: &str) -> &str {
    revision.split(['~', '^', ':', '@']).next().unwrap_or(revision)
}

/// How far two names are apart; `None` for too far.
fn distance(asked: &str, name: &str) -> Option<usize> {
    let bare = |name: &str| name.rsplit('/').next().unwrap_or(name).trim_start_matches('v').to_lowercase();
    let (one, other) = (bare(asked), bare(name));
    if one.is_empty() || one.len() > 100 {
        return None;
    }
    if one == other {
        return Some(0);
    }
    if other.ends_with(&format!("v{one}")) || other.ends_with(&format!("-{one}")) || other.ends_with(&format!("@{one}"))
    {
        return Some(1);
    }
    if other.strip_prefix(&one).is_some_and(|rest| rest.starts_with(['.', '-'])) {
        return Some(2);
    }
    let edits = versioning_grammar::edits(&one, &other);
    (edits <= one.chars().count().div_ceil(4)).then_some(2 + edits)
}
