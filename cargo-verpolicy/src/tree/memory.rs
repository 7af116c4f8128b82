//! A tree held in memory, for tests and for sources that come without a directory.

use super::entries::{self, Entries, Entry, Found, not_a_file};
use super::{BlobId, Kind, Node, SourceTree, TreeError, path};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone, Debug)]
enum Stored {
    File(BlobId, Arc<[u8]>),
    Link(String),
    Submodule,
}

/// A tree held in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    origin: String,
    stored: BTreeMap<String, Stored>,
}

impl MemoryTree {
    /// An empty tree.
    #[must_use]
    pub fn new(origin: impl Into<String>) -> Self {
        MemoryTree { origin: origin.into(), stored: BTreeMap::new() }
    }

    /// A tree of these files, by path.
    #[must_use]
    pub fn of<P: Into<String>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        files.into_iter().fold(MemoryTree::new("memory"), |tree, (path, bytes)| tree.file(path, bytes))
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, path: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.stored.insert(path.into(), Stored::File(BlobId::of(bytes), bytes.into()));
        self
    }

    /// Adds a symbolic link.
    #[must_use]
    pub fn link(mut self, path: impl Into<String>, target: impl Into<String>) -> Self {
        self.stored.insert(path.into(), Stored::Link(target.into()));
        self
    }

    /// Adds a submodule.
    #[must_use]
    pub fn submodule(mut self, path: impl Into<String>) -> Self {
        self.stored.insert(path.into(), Stored::Submodule);
        self
    }

    fn found(&self, path: &str) -> Result<Option<Found<()>>, TreeError> {
        entries::find(self, path)
    }

    /// The paths below a directory, without it.
    fn below<'a>(&'a self, directory: &'a str) -> impl Iterator<Item = &'a str> {
        let prefix = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let range = self.stored.range(prefix.clone()..);
        range.map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
    }

    /// The names inside a directory and the paths that they stand at.
    fn inside(&self, directory: &str) -> Result<BTreeMap<String, String>, TreeError> {
        let Some(Found { path, entry: Entry::Directory(()), .. }) = self.found(directory)? else {
            return Ok(BTreeMap::new());
        };
        let names = self.below(&path).map(|below| below.split('/').next().unwrap_or(below));
        Ok(names.map(|name| (name.to_owned(), path::child(&path, name))).collect())
    }

    fn node_of(&self, found: &Found<()>) -> Option<Node> {
        match (&found.entry, self.stored.get(&found.path)) {
            (Entry::File, Some(Stored::File(id, _))) => Some(Node::File(*id)),
            (Entry::Directory(()), _) => Some(Node::Directory),
            (Entry::Submodule, _) => Some(Node::Submodule),
            _ => None,
        }
    }
}

impl Entries for MemoryTree {
    type Directory = ();

    fn root(&self) {}

    fn entry(&self, (): &(), _name: &str, path: &str) -> Result<Option<Entry<()>>, TreeError> {
        Ok(match self.stored.get(path) {
            Some(Stored::File(..)) => Some(Entry::File),
            Some(Stored::Link(target)) => Some(Entry::Link(target.clone())),
            Some(Stored::Submodule) => Some(Entry::Submodule),
            None => self.below(path).next().map(|_| Entry::Directory(())),
        })
    }
}

impl SourceTree for MemoryTree {
    fn node(&self, path: &str) -> Result<Option<Node>, TreeError> {
        Ok(self.found(path)?.and_then(|found| self.node_of(&found)))
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Node)>, TreeError> {
        let inside = self.inside(directory)?.into_iter();
        Ok(inside.filter_map(|(name, path)| Some((name, self.node(&path).ok()??))).collect())
    }

    fn names(&self, directory: &str) -> Result<Vec<(String, Kind)>, TreeError> {
        let inside = self.inside(directory)?.into_iter();
        Ok(inside.filter_map(|(name, path)| Some((name, entries::kind(self, &path)?))).collect())
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, TreeError> {
        let found = self.found(path)?;
        let stored = found.as_ref().and_then(|found| self.stored.get(&found.path));
        match stored {
            Some(Stored::File(_, bytes)) => Ok(bytes.clone()),
            _ => Err(not_a_file(path, found.as_ref())),
        }
    }

    fn origin(&self) -> String {
        self.origin.clone()
    }
}
