//! The versions that a framework's own lifetimes name: dotted numbers, compared number by number. No policy is known
//! here.

use crate::model::{Endpoint, Lifetime};
use std::cmp::Ordering;

/// From a version on (or from the first), up to another (or for ever); the end is not part of it.
#[derive(Clone, Debug)]
pub(super) struct Range {
    since: Option<String>,
    removed: Option<String>,
}

impl Range {
    /// The versions in which a lifetime is served: all of them where the versions are not the framework's own.
    pub(super) fn of(lifetime: &Lifetime) -> Self {
        if !lifetime.native {
            return Self { since: None, removed: None };
        }
        let text =
            |step: &Option<crate::model::Step>| step.as_ref().map(|s| s.version.clone()).filter(|v| !v.is_empty());
        Self { since: text(&lifetime.since), removed: text(&lifetime.removed) }
    }

    /// Is the version (`None`: the very first) part of it?
    pub(super) fn holds(&self, version: Option<&str>) -> bool {
        let Some(version) = version else { return self.since.is_none() };
        self.since.as_ref().is_none_or(|since| !later(since, version))
            && self.removed.as_ref().is_none_or(|removed| later(removed, version))
    }
}

/// Every version at which something begins or ends, in order, the very first before them.
pub(super) fn starts<'a>(ranges: impl Iterator<Item = &'a Range>) -> Vec<Option<String>> {
    let mut named: Vec<String> = ranges.flat_map(|r| [r.since.clone(), r.removed.clone()]).flatten().collect();
    named.sort_by(|a, b| compare(a, b).then_with(|| a.cmp(b)));
    named.dedup_by(|a, b| compare(a, b) == Ordering::Equal);
    std::iter::once(None).chain(named.into_iter().map(Some)).collect()
}

/// The highest version that any native lifetime of a set names.
pub(super) fn horizon(endpoints: &[Endpoint]) -> Option<String> {
    let native = endpoints.iter().filter(|e| e.lifetime.native).map(|e| Range::of(&e.lifetime));
    native.flat_map(|r| [r.since, r.removed]).flatten().max_by(|a, b| compare(a, b))
}

/// Is `a` after `b`?
pub(super) fn later(a: &str, b: &str) -> bool {
    compare(a, b) == Ordering::Greater
}

/// Dotted numbers by number, missing ones as 0; other parts as text.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<String> {
        let text = text.strip_prefix('v').unwrap_or(text);
        text.split(['.', '-', '+']).map(str::to_owned).collect()
    };
    let (a, b) = (parts(a), parts(b));
    let zero = "0".to_owned();
    for i in 0..a.len().max(b.len()) {
        let (x, y) = (a.get(i).unwrap_or(&zero), b.get(i).unwrap_or(&zero));
        let order = match (x.parse::<u128>(), y.parse::<u128>()) {
            (Ok(x), Ok(y)) => x.cmp(&y),
            _ => x.cmp(y),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}
