//! A tree with others standing in it: the sources of dependencies beside those of the project.

use super::{CommitId, Kind, Node, SourceTree, TreeError, path};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A tree in whose root other trees stand, each under one name. They are found by their paths and listed nowhere, so
/// that nothing of them is taken for a part of the project.
pub struct Mounted {
    base: Arc<dyn SourceTree>,
    mounts: BTreeMap<String, Arc<dyn SourceTree>>,
}

impl Mounted {
    /// The tree `base` with these in it, by name; a name holds no `/`.
    #[must_use]
    pub fn new(base: Arc<dyn SourceTree>, mounts: BTreeMap<String, Arc<dyn SourceTree>>) -> Self {
        Mounted { base, mounts }
    }

    /// Asks the tree that holds `path`, for the path as that tree has it.
    fn ask<T>(
        &self,
        path: &str,
        question: impl FnOnce(&dyn SourceTree, &str) -> Result<T, TreeError>,
    ) -> Result<T, TreeError> {
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        match self.mounts.get(name) {
            None => question(self.base.as_ref(), path),
            Some(tree) => question(tree.as_ref(), rest)
                .map_err(|error| TreeError { path: path::child(name, &error.path), message: error.message }),
        }
    }
}

impl SourceTree for Mounted {
    fn node(&self, path: &str) -> Result<Option<Node>, TreeError> {
        self.ask(path, |tree, path| tree.node(path))
    }

    fn submodule_at(&self, path: &str) -> Option<CommitId> {
        self.ask(path, |tree, path| Ok(tree.submodule_at(path))).ok().flatten()
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Node)>, TreeError> {
        self.ask(directory, |tree, directory| tree.list(directory))
    }

    fn names(&self, directory: &str) -> Result<Vec<(String, Kind)>, TreeError> {
        self.ask(directory, |tree, directory| tree.names(directory))
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, TreeError> {
        self.ask(path, |tree, path| tree.read(path))
    }

    fn reached_untracked(&self) -> bool {
        self.base.reached_untracked()
    }

    fn origin(&self) -> String {
        self.base.origin()
    }
}
