//! What one pull request adds to what is pending since the last release. A pure function on values.

use super::judge::{JudgeError, judge};
use super::{Against, Case};
use crate::diff::{Change, ChangeKind, Diff};

/// What a pull request needs by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    /// Origin of the merge base.
    pub base: String,
    /// The bump that its own changes need, as [`PackageReport::required`](super::PackageReport::required).
    pub required: Option<String>,
    /// Fingerprints of the findings that it causes.
    pub fingerprints: Vec<String>,
}

/// Of the changes since the release (`case`), those that the pull request makes too: `made` is the merge base compared
/// with the same current side. What no release has promises nothing, so that taking it back needs nothing.
///
/// # Errors
/// As [`judge`].
pub fn pull_request(case: &Case<'_>, made: &Diff, base: &str) -> Result<PullRequest, JudgeError> {
    let mut out = PullRequest { base: base.to_owned(), required: Some("none".to_owned()), fingerprints: Vec::new() };
    if !matches!(case.against, Against::Side(_)) {
        return Ok(out);
    }
    let own = |change: &&Change| made.changes.iter().any(|other| same(change, other));
    let diff = Diff { changes: case.diff.changes.iter().filter(own).cloned().collect(), ..case.diff.clone() };
    let report = judge(&Case { diff: &diff, ..*case })?;
    out.required = report.required;
    out.fingerprints = report.findings.into_iter().filter(|f| f.effect.is_some()).map(|f| f.fingerprint).collect();
    Ok(out)
}

/// Both speak of the same thing: of one place on the wire, or in one way of a whole endpoint.
fn same(one: &Change, other: &Change) -> bool {
    let place = one.at == other.at && (!one.at.is_empty() || told(one.kind) == told(other.kind));
    place && one.reaches.iter().any(|id| other.reaches.iter().any(|other| nameless(id).eq(nameless(other))))
}

/// What is gone is gone, whether or not the branch deprecated it since the release.
fn told(kind: ChangeKind) -> ChangeKind {
    match kind {
        ChangeKind::DeprecatedEndpointRemoved => ChangeKind::EndpointRemoved,
        kind => kind,
    }
}

/// A printed id without the names of its path's parameters: the release may have had others.
fn nameless(id: &str) -> impl Iterator<Item = &str> {
    id.split('{').enumerate().map(|(index, part)| match part.split_once('}') {
        Some((_, rest)) if index > 0 => rest,
        _ => part,
    })
}
