//! A revision of a git repository, read from its objects: nothing is checked out, index and files stay untouched.

use super::entries::{self, Entries, Entry, Found, not_a_file};
use super::objects::{Listed, Objects, at, blob_bytes, listed};
use super::{Commit, CommitId, Kind, Node, SourceTree, TreeError, path};
use gix::objs::tree::EntryKind;
use std::sync::Arc;

/// The tree of one commit.
#[derive(Clone, Debug)]
pub struct GitTree {
    objects: Arc<Objects>,
    commit: Commit,
    root: gix::ObjectId,
    revision: String,
}

impl GitTree {
    pub(super) fn new(objects: Arc<Objects>, commit: Commit, root: gix::ObjectId, revision: String) -> Self {
        GitTree { objects, commit, root, revision }
    }

    /// The commit that the revision names.
    #[must_use]
    pub fn commit(&self) -> Commit {
        self.commit
    }

    fn entry_at(&self, found: &Found<gix::ObjectId>, asked: &str) -> Result<Option<Listed>, TreeError> {
        let listing = self.objects.listing(&found.directory).map_err(at(asked))?;
        let name = found.path.rsplit('/').next().unwrap_or(&found.path);
        Ok(listed(&listing, name).cloned())
    }

    fn node_of(&self, found: &Found<gix::ObjectId>, asked: &str) -> Result<Option<Node>, TreeError> {
        Ok(match found.entry {
            Entry::File => self.entry_at(found, asked)?.map(|entry| Node::File(blob_bytes(&entry.id))),
            Entry::Directory(_) => Some(Node::Directory),
            Entry::Submodule => Some(Node::Submodule),
            Entry::Link(_) => None,
        })
    }
}

impl Entries for GitTree {
    type Directory = gix::ObjectId;

    fn root(&self) -> gix::ObjectId {
        self.root
    }

    fn entry(
        &self,
        directory: &gix::ObjectId,
        name: &str,
        path: &str,
    ) -> Result<Option<Entry<gix::ObjectId>>, TreeError> {
        let listing = self.objects.listing(directory).map_err(at(path))?;
        let Some(entry) = listed(&listing, name) else { return Ok(None) };
        Ok(Some(match entry.kind {
            EntryKind::Tree => Entry::Directory(entry.id),
            EntryKind::Commit => Entry::Submodule,
            EntryKind::Blob | EntryKind::BlobExecutable => Entry::File,
            EntryKind::Link => {
                let target = self.objects.blob(&entry.id).map_err(at(path))?;
                Entry::Link(String::from_utf8_lossy(&target).into_owned())
            }
        }))
    }
}

impl SourceTree for GitTree {
    fn node(&self, path: &str) -> Result<Option<Node>, TreeError> {
        match entries::find(self, path)? {
            Some(found) => self.node_of(&found, path),
            None => Ok(None),
        }
    }

    fn submodule_at(&self, path: &str) -> Option<CommitId> {
        let found = entries::find(self, path).ok()??;
        let entry = self.entry_at(&found, path).ok()??;
        (entry.kind == EntryKind::Commit).then(|| CommitId(blob_bytes(&entry.id).0))
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Node)>, TreeError> {
        let Some(Found { entry: Entry::Directory(id), path: real, .. }) = entries::find(self, directory)? else {
            return Ok(Vec::new());
        };
        let listing = self.objects.listing(&id).map_err(at(directory))?;
        let mut nodes = Vec::with_capacity(listing.len());
        for entry in listing.iter() {
            let node = match entry.kind {
                EntryKind::Tree => Some(Node::Directory),
                EntryKind::Commit => Some(Node::Submodule),
                EntryKind::Blob | EntryKind::BlobExecutable => Some(Node::File(blob_bytes(&entry.id))),
                // A link that cannot be followed is not listed: asking for it says why.
                EntryKind::Link => self.node(&path::child(&real, &entry.name)).ok().flatten(),
            };
            nodes.extend(node.map(|node| (entry.name.clone(), node)));
        }
        Ok(nodes)
    }

    fn names(&self, directory: &str) -> Result<Vec<(String, Kind)>, TreeError> {
        let Some(Found { entry: Entry::Directory(id), path: real, .. }) = entries::find(self, directory)? else {
            return Ok(Vec::new());
        };
        let listing = self.objects.listing(&id).map_err(at(directory))?;
        let kind = |entry: &Listed| match entry.kind {
            EntryKind::Tree => Some(Kind::Directory),
            EntryKind::Commit => Some(Kind::Submodule),
            EntryKind::Blob | EntryKind::BlobExecutable => Some(Kind::File),
            EntryKind::Link => entries::kind(self, &path::child(&real, &entry.name)),
        };
        Ok(listing.iter().filter_map(|entry| Some((entry.name.clone(), kind(entry)?))).collect())
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, TreeError> {
        let found = entries::find(self, path)?;
        match &found {
            Some(file @ Found { entry: Entry::File, .. }) => match self.entry_at(file, path)? {
                Some(entry) => self.objects.blob(&entry.id).map_err(at(path)),
                None => Err(TreeError::new(path, "no such file")),
            },
            other => Err(not_a_file(path, other.as_ref())),
        }
    }

    fn origin(&self) -> String {
        format!("git:{}", self.revision)
    }
}
