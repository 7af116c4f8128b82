//! What happened between two commits: the commits themselves, and the files that differ.

use super::objects::{Objects, blob_bytes};
use super::path;
use super::repository::{CommitId, Repository, RepositoryError, broken};
use gix::objs::tree::EntryKind;
use std::collections::BTreeSet;

/// A commit, what it says and what it touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The commit.
    pub id: CommitId,
    /// Its message; characters that are not UTF-8 are replaced.
    pub message: String,
    /// Paths of the files that it changed against its first parent, sorted.
    pub paths: Vec<String>,
}

impl Repository {
    /// The commits that lead to `to` and not to `from`, newest first.
    ///
    /// # Errors
    /// A commit on the way could not be read.
    pub fn commits_between(&self, from: CommitId, to: CommitId) -> Result<Vec<Logged>, RepositoryError> {
        let local = self.local();
        let walk = local.rev_walk([gix::ObjectId::Sha1(to.0)]).with_hidden([gix::ObjectId::Sha1(from.0)]);
        let mut out = Vec::new();
        for step in walk.all().map_err(|error| broken(&error))? {
            let id = step.map_err(|error| broken(&error))?.id;
            let read = self.objects.read(&id, |_, bytes| {
                let commit = gix::objs::CommitRef::from_bytes(bytes, id.kind()).ok()?;
                Some((commit.tree(), commit.parents().next(), commit.message.to_string()))
            });
            let Some((tree, parent, message)) = read.map_err(RepositoryError::Object)? else {
                return Err(RepositoryError::Object(format!("commit {id} cannot be read; run `git fsck`")));
            };
            let before = match parent {
                Some(parent) => self.commit(&parent).ok().map(|(_, tree)| tree),
                None => None,
            };
            let mut paths = BTreeSet::new();
            differences(&self.objects, before, Some(tree), "", &mut paths).map_err(RepositoryError::Object)?;
            out.push(Logged { id: CommitId(blob_bytes(&id).0), message, paths: paths.into_iter().collect() });
        }
        Ok(out)
    }

    /// Paths of the files that differ between two commits, sorted.
    ///
    /// # Errors
    /// An object could not be read.
    pub fn changed_paths(&self, from: CommitId, to: CommitId) -> Result<Vec<String>, RepositoryError> {
        let tree = |id: CommitId| Ok(Some(self.commit(&gix::ObjectId::Sha1(id.0))?.1));
        let mut paths = BTreeSet::new();
        differences(&self.objects, tree(from)?, tree(to)?, "", &mut paths).map_err(RepositoryError::Object)?;
        Ok(paths.into_iter().collect())
    }
}

/// Adds the paths of files that differ between two directories; equal ones are not opened.
fn differences(
    objects: &Objects,
    old: Option<gix::ObjectId>,
    new: Option<gix::ObjectId>,
    directory: &str,
    paths: &mut BTreeSet<String>,
) -> Result<(), String> {
    if old == new {
        return Ok(());
    }
    let listing = |id: Option<gix::ObjectId>| id.map(|id| objects.listing(&id)).transpose();
    let (old, new) = (listing(old)?, listing(new)?);
    let (old, new) = (old.as_deref().map_or(&[][..], Vec::as_slice), new.as_deref().map_or(&[][..], Vec::as_slice));
    let names: BTreeSet<&str> = old.iter().chain(new).map(|entry| entry.name.as_str()).collect();
    for name in names {
        let entry = |list: &[super::objects::Listed]| list.iter().find(|e| e.name == name).map(|e| (e.kind, e.id));
        let (before, after) = (entry(old), entry(new));
        if before == after {
            continue;
        }
        let at = path::child(directory, name);
        let tree = |entry: Option<(EntryKind, gix::ObjectId)>| {
            entry.filter(|(kind, _)| *kind == EntryKind::Tree).map(|(_, id)| id)
        };
        if tree(before).is_some() || tree(after).is_some() {
            differences(objects, tree(before), tree(after), &at, paths)?;
        }
        let file = |entry: Option<(EntryKind, gix::ObjectId)>| entry.filter(|(kind, _)| *kind != EntryKind::Tree);
        if file(before) != file(after) {
            paths.insert(at);
        }
    }
    Ok(())
}
