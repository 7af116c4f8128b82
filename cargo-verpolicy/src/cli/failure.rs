//! Why a command could not complete: always what, where and what to do.

use super::{INCOMPLETE, USAGE};
use crate::model::Place;
use crate::tree::{RepositoryError, TreeError};
use std::sync::Arc;

/// A command ended without a report.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// A stable word for JSON: `usage`, `config`, `manifest`, `repository`, `revision`, `mark`, `no-endpoints`, …
    pub kind: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where.
    pub place: Option<Place>,
    /// 101, or 2 for the command line.
    pub exit: u8,
}

impl Failure {
    /// It could not complete.
    pub(super) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None, place: None, exit: INCOMPLETE }
    }

    /// The command line is wrong.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { exit: USAGE, ..Self::new("usage", message) }
    }

    /// What to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Where: lines and columns that are not known are 0.
    pub(super) fn at(mut self, file: &str, line: u32, column: u32) -> Self {
        self.place = Some(Place { file: Arc::from(file), line, column });
        self
    }
}

impl From<TreeError> for Failure {
    fn from(error: TreeError) -> Self {
        let place = Place { file: Arc::from(error.path.as_str()), line: 0, column: 0 };
        Self { place: Some(place), ..Self::new("source", error.to_string()) }
    }
}

impl From<RepositoryError> for Failure {
    fn from(error: RepositoryError) -> Self {
        let kind = match &error {
            RepositoryError::NoRepository { .. } => "no-repository",
            RepositoryError::UnknownRevision { .. } | RepositoryError::NotACommit { .. } => "revision",
            RepositoryError::Unborn { .. } => "unborn-branch",
            RepositoryError::Bare { .. } => "bare-repository",
            _ => "repository",
        };
        Self::new(kind, error.to_string())
    }
}
