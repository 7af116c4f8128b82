//! The only layer that reads disk, git or network: every origin of source becomes a [`SourceTree`].
//!
//! Paths inside a tree are relative to its root, with `/` and without `.` or `..`; the root itself is the empty string.

#![expect(clippy::disallowed_methods, reason = "this is the layer that reads files")]

mod cargo_home;
mod commits;
mod entries;
mod git;
mod history;
mod index;
mod memory;
mod mounted;
mod objects;
mod path;
mod registry;
mod repository;
#[cfg(test)]
mod tests;
mod worktree;
mod write;

pub use cargo_home::CargoHome;
pub use commits::Logged;
pub use git::GitTree;
pub use history::{PathHistory, PathState, Reachable, Tag};
pub use memory::MemoryTree;
pub use mounted::Mounted;
pub(crate) use path::child;
pub use path::{join, parent};
pub use registry::{RegistryError, published};
pub use repository::{Commit, CommitId, Head, Repository, RepositoryError};
pub use worktree::Worktree;
pub use write::{WriteError, write};

use std::sync::Arc;

/// Identity of a file's content: the git blob id (SHA-1 over `blob LEN\0` and the bytes) in every kind of tree, so that
/// an unchanged file has one id on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 20]);

impl BlobId {
    /// The id that git gives a file with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        objects::blob_id(bytes)
    }
}

impl std::fmt::Display for BlobId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        objects::write_hex(&self.0, formatter)
    }
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A file with this content.
    File(BlobId),
    /// A directory.
    Directory,
    /// A submodule: its files belong to another repository.
    Submodule,
}

/// What kind of thing stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A directory.
    Directory,
    /// A submodule.
    Submodule,
    /// A symbolic link that leaves the tree or loops, or what could not be looked at: reading it says why.
    Unreadable,
}

/// A tree of source files at one state. Symbolic links are followed inside the tree with a bound; one that leaves the
/// tree or loops reads as an error.
pub trait SourceTree: Send + Sync {
    /// What stands at `path`; `None` is nothing.
    ///
    /// # Errors
    /// The object or file is there but could not be looked at.
    fn node(&self, path: &str) -> Result<Option<Node>, TreeError>;

    /// Names and nodes directly inside a directory, sorted by name; links that cannot be followed are left out.
    ///
    /// # Errors
    /// The directory is there but could not be read; a missing one is an empty list.
    fn list(&self, directory: &str) -> Result<Vec<(String, Node)>, TreeError>;

    /// Names directly inside a directory and what stands there, sorted by name, without looking into the files.
    ///
    /// # Errors
    /// As [`SourceTree::list`].
    fn names(&self, directory: &str) -> Result<Vec<(String, Kind)>, TreeError>;

    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// There is no such file, or it could not be read (a blob missing from a partial clone, permissions).
    fn read(&self, path: &str) -> Result<Arc<[u8]>, TreeError>;

    /// The commit at which the submodule around `path` stands, where that is known.
    fn submodule_at(&self, path: &str) -> Option<CommitId> {
        let _ = path;
        None
    }

    /// Whether sources or manifests were looked at that git does not track: a work tree without changes then holds more
    /// than its commit all the same.
    fn reached_untracked(&self) -> bool {
        false
    }

    /// Where the tree comes from, as messages and JSON show it: `git:v1.2.0`, `path:.`, `work tree`.
    fn origin(&self) -> String;
}

/// Reading a tree failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{path}: {message}")]
pub struct TreeError {
    /// Path in the tree.
    pub path: String,
    /// What went wrong and what to do.
    pub message: String,
}

impl TreeError {
    pub(crate) fn new(path: &str, message: impl Into<String>) -> Self {
        let path = if path.is_empty() { "." } else { path };
        TreeError { path: path.to_owned(), message: message.into() }
    }
}
