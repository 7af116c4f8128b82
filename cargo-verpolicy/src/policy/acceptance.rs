//! Acceptances: findings that the project accepts, each with a reason, for one release.

use super::version::Version;
use super::{Finding, Policy, glob};
use crate::model::Place;
use std::cmp::Ordering;

/// One `[[accept]]` of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Glob over rule ids.
    pub rule: String,
    /// Glob over endpoint ids.
    pub endpoint: String,
    /// Why.
    pub reason: String,
    /// The release that it is for, as written.
    pub release: String,
    /// Where it is written, if known.
    pub place: Option<Place>,
    /// The baseline's configuration had it already.
    pub stood: bool,
    /// It is the workspace's: it may be meant for another package.
    pub shared: bool,
}

/// What acceptances did.
#[derive(Clone, Debug, Default)]
pub(super) struct Accepted {
    /// Index of each acceptance that silenced something, and how many endpoints.
    pub(super) used: Vec<(usize, usize)>,
    /// Indices of those that silenced nothing.
    pub(super) unused: Vec<usize>,
}

/// Takes out of `findings` what acceptances for a release in `releases` name; a finding whose endpoints are all named
/// goes, the others keep the rest.
pub(super) fn accept(
    findings: &mut Vec<Finding>,
    acceptances: &[Acceptance],
    policy: &Policy,
    releases: &[Version],
) -> Accepted {
    let mut out = Accepted::default();
    for (index, acceptance) in acceptances.iter().enumerate() {
        let meant = policy
            .scheme
            .parse_loose(&acceptance.release)
            .is_ok_and(|version| releases.iter().any(|r| policy.scheme.compare(r, &version) == Ordering::Equal));
        let mut silenced = 0;
        if meant {
            for finding in findings.iter_mut() {
                if !glob::matches(&acceptance.rule, finding.rule) {
                    continue;
                }
                let before = finding.reaches.len();
                finding.reaches.retain(|id| !glob::matches(&acceptance.endpoint, id));
                silenced += before - finding.reaches.len();
                if let Some(first) = finding.reaches.first() {
                    finding.endpoint.clone_from(first);
                }
            }
            findings.retain(|f| !f.reaches.is_empty());
        }
        if silenced == 0 {
            out.unused.push(index);
        } else {
            out.used.push((index, silenced));
        }
    }
    out
}
