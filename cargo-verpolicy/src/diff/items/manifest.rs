//! What a manifest promises: features, and dependencies whose types stand in public signatures.

use super::super::ChangeKind as K;
use super::Findings;
use crate::model::DependencyForm;
use semver::{Comparator, Op, Version, VersionReq};
use std::collections::BTreeSet;

/// Compares what a feature turns on.
pub(super) fn feature(findings: &mut Findings<'_>, old: &BTreeSet<String>, new: &BTreeSet<String>) {
    for gone in old.difference(new) {
        findings.say(K::ItemFeatureNarrowed, "", gone.as_str(), "");
    }
    for fresh in new.difference(old) {
        findings.say(K::ItemFeatureWidened, "", "", fresh.as_str());
    }
}

/// Compares the versions that two requirements admit.
pub(super) fn dependency(findings: &mut Findings<'_>, old: &DependencyForm, new: &DependencyForm) {
    let DependencyForm { requirement, first, count } = old;
    if requirement == &new.requirement || admits(requirement, &new.requirement) {
        return;
    }
    let users = match count {
        0 | 1 => first.clone(),
        _ => format!("{first} and {} more", count - 1),
    };
    findings.say(K::ItemDependencyChanged, &users, requirement.as_str(), new.requirement.as_str());
}

/// Does the new requirement admit a version of every incompatible series that the old one admits? What is no
/// requirement (a path, a repository) is not compared.
fn admits(old: &str, new: &str) -> bool {
    let (Ok(old), Ok(new)) = (VersionReq::parse(old), VersionReq::parse(new)) else { return true };
    let pre = |req: &VersionReq| req.comparators.iter().find(|c| !c.pre.is_empty()).map(Comparator::to_string);
    if pre(&old).is_some() || pre(&new).is_some() {
        return pre(&old) == pre(&new);
    }
    let ((low, high), (new_low, new_high)) = (range(&old), range(&new));
    new_low <= low && high <= new_high
}

/// An incompatible series, by its first version: `1.0.0`, `0.3.0`, `0.0.7`.
type Series = (u64, u64, u64);

/// From which series on, and before which, a requirement admits versions.
fn range(req: &VersionReq) -> (Series, Series) {
    let (mut low, mut high) = ((0, 0, 0), (u64::MAX, 0, 0));
    for comparator in &req.comparators {
        let at = Version::new(comparator.major, comparator.minor.unwrap_or(0), comparator.patch.unwrap_or(0));
        let own = series(&at);
        let only_major = comparator.minor.is_none();
        let (from, before) = match comparator.op {
            Op::Greater | Op::GreaterEq => (own, (u64::MAX, 0, 0)),
            Op::Less if own == (at.major, at.minor, at.patch) => ((0, 0, 0), own),
            Op::Less | Op::LessEq => ((0, 0, 0), after(own)),
            // `0` is every `0.x`.
            _ if only_major && at.major == 0 => (own, (1, 0, 0)),
            _ => (own, after(own)),
        };
        low = low.max(from);
        high = high.min(before);
    }
    (low, high)
}

fn series(version: &Version) -> Series {
    match (version.major, version.minor) {
        (0, 0) => (0, 0, version.patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    }
}

fn after(series: Series) -> Series {
    match series {
        (0, 0, patch) => (0, 0, patch + 1),
        (0, minor, _) => (0, minor + 1, 0),
        (major, ..) => (major.saturating_add(1), 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::admits;

    #[test]
    fn series_that_stay() {
        for (old, new, stays) in [
            ("1", "1.2", true),
            ("1.0", "2", false),
            ("0.3", "0.4", false),
            ("0.3.1", "0.3.9", true),
            ("0.18.0", "0.19.0", false),
            ("0.3", ">=0.3, <0.5", true),
            (">=0.3, <0.5", "0.4", false),
            (">=0.3, <0.5", ">=0.3, <0.6", true),
            ("1", ">=1, <3", true),
            ("=1.2.3", "1", true),
            ("~1.2", "~1.4", true),
            ("*", "1", false),
            ("1", "*", true),
            ("0.0.3", "0.0.4", false),
            ("1.0.0-rc.1", "1.0.0-rc.2", false),
            ("1.0.0-rc.1", "1", false),
            ("1", "../path", true),
        ] {
            assert_eq!(admits(old, new), stays, "{old} → {new}");
        }
    }
}
