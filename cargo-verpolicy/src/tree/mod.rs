//! The only layer that reads disk, git or network: every origin of source becomes a [`SourceTree`].
//!
//! Paths inside a tree are relative to its root, with `/` and without `.` or `..`; the root itself is the empty string.

use std::sync::Arc;

/// Identity of a file's content: the git blob id (SHA-1 over `blob LEN\0` and the bytes) in every kind of tree, so that
/// an unchanged file has one id on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 20]);

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

/// A tree of source files at one state. Symbolic links are followed inside the tree with a bound; one that leaves the
/// tree or loops reads as an error.
pub trait SourceTree: Send + Sync {
    /// What stands at `path`; `None` is nothing.
    ///
    /// # Errors
    /// The object or file is there but could not be looked at.
    fn node(&self, path: &str) -> Result<Option<Node>, TreeError>;

    /// Names and nodes directly inside a directory, sorted by name.
    ///
    /// # Errors
    /// The directory is there but could not be read; a missing one is an empty list.
    fn list(&self, directory: &str) -> Result<Vec<(String, Node)>, TreeError>;

    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// There is no such file, or it could not be read (a blob missing from a partial clone, permissions).
    fn read(&self, path: &str) -> Result<Arc<[u8]>, TreeError>;

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
