//! Which release each package is compared with.

use super::{Current, Run};
use crate::cli::failure::Failure;
use crate::cli::world::From;
use crate::policy::Audit;

/// What a package is compared with.
pub(super) enum Chosen {
    /// An origin, and what was noticed on the way to it.
    Side {
        /// The origin.
        from: From,
        /// `tag-ignored` and the like.
        audits: Vec<Audit>,
    },
    /// Nothing was ever released.
    FirstRelease {
        /// `first-release` of the configuration.
        version: String,
        /// What was noticed.
        audits: Vec<Audit>,
    },
    /// Nothing was found.
    Nothing {
        /// Why, and what to do.
        why: String,
    },
}

impl Run<'_> {
    /// Chooses for every package in scope, in order of their names.
    pub(super) fn choose(&self, current: &Current, given: Option<&From>) -> Result<Vec<(String, Chosen)>, Failure> {
        let mut out = Vec::new();
        for name in &current.names {
            let chosen = match given {
                Some(from) => Chosen::Side { from: from.clone(), audits: Vec::new() },
                None => Chosen::Nothing { why: "x".to_owned() },
            };
            out.push((name.clone(), chosen));
        }
        Ok(out)
    }
}
