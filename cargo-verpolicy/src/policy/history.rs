//! Every release of a project, judged, and what became of each endpoint over them: values that `report` draws.

use super::since::promised;
use super::{Effect, Finding, Level, Verdict};
use crate::model::{Endpoint, EndpointSet};
use std::collections::{BTreeMap, BTreeSet};

/// The history of a run.
#[derive(Clone, Debug)]
pub struct History {
    /// The policy's name.
    pub policy: String,
    /// By package name.
    pub packages: Vec<PackageHistory>,
}

/// The history of one package.
#[derive(Clone, Debug)]
pub struct PackageHistory {
    /// Package name.
    pub name: String,
    /// Its releases, lowest version first.
    pub releases: Vec<Release>,
    /// Its endpoints, by section and id.
    pub endpoints: Vec<Timeline>,
}

/// One release.
#[derive(Clone, Debug)]
pub struct Release {
    /// As the policy writes it.
    pub version: String,
    /// `git:v1.2.0`
    pub origin: String,
    /// The day of its commit, `YYYY-MM-DD` (UTC).
    pub date: String,
    /// The release that it was judged against; `None` for the first.
    pub baseline: Option<String>,
    /// The verdict; `None` for the first release, or where it promises nothing.
    pub verdict: Option<Verdict>,
    /// The bump that the two versions declare.
    pub declared: Option<String>,
    /// The bump that its changes need; `None` where no bump cures.
    pub required: Option<String>,
    /// How many endpoints count.
    pub endpoints: usize,
    /// How many blind spots both sides have.
    pub blind_spots: usize,
    /// Findings, worst first.
    pub findings: Vec<Finding>,
    /// Why it could not be read or judged.
    pub problem: Option<String>,
}

/// What became of one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Printed id, as the last release that has it prints it.
    pub endpoint: String,
    /// Its section there.
    pub section: Option<String>,
    /// In order of releases.
    pub events: Vec<Event>,
}

/// Something that a release did to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Version of the release.
    pub release: String,
    /// What happened.
    pub kind: EventKind,
}

/// What can happen to an endpoint; of one release the worst that did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// It appeared.
    Born,
    /// It changed, and nobody is hurt as far as is known.
    Widened,
    /// It was deprecated.
    Deprecated,
    /// It changed, and somebody is hurt.
    Broken,
    /// It went.
    Removed,
}

impl EventKind {
    /// All, from best to worst.
    pub const ALL: [Self; 5] = [Self::Born, Self::Widened, Self::Deprecated, Self::Broken, Self::Removed];

    /// The word in JSON and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Born => "born",
            Self::Widened => "widened",
            Self::Deprecated => "deprecated",
            Self::Broken => "broken",
            Self::Removed => "removed",
        }
    }
}

/// One release as [`timelines`] and [`first_release`] see it: its version, its set, and what was found.
#[derive(Clone, Copy, Debug)]
pub struct Appearance<'a> {
    /// As the policy writes it.
    pub version: &'a str,
    /// Its endpoints.
    pub set: &'a EndpointSet,
    /// What it changed.
    pub findings: &'a [Finding],
}

/// What became of each endpoint that counts, over releases in order of their versions.
#[must_use]
pub fn timelines(releases: &[Appearance<'_>], counts: &dyn Fn(&Endpoint) -> bool) -> Vec<Timeline> {
    let mut lines: BTreeMap<String, Timeline> = BTreeMap::new();
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    let mut served_before: BTreeSet<String> = BTreeSet::new();
    for release in releases {
        let mut here: BTreeMap<String, String> = BTreeMap::new();
        let mut kinds: BTreeMap<String, EventKind> = BTreeMap::new();
        for (endpoint, id) in release.set.endpoints.iter().zip(release.set.ids()).filter(|(e, _)| counts(e)) {
            let promise = promised(&endpoint.key);
            let line = lines.entry(promise.clone()).or_insert_with(|| Timeline {
                endpoint: String::new(),
                section: None,
                events: Vec::new(),
            });
            line.endpoint.clone_from(&id);
            line.section.clone_from(&endpoint.section);
            if !served_before.contains(&promise) {
                kinds.insert(promise.clone(), EventKind::Born);
            }
            here.insert(id, promise);
        }
        let served: BTreeSet<String> = here.values().cloned().collect();
        for promise in served_before.difference(&served) {
            kinds.insert(promise.clone(), EventKind::Removed);
        }
        for finding in release.findings {
            let Some(kind) = kind_of(finding) else { continue };
            for promise in finding.reaches.iter().filter_map(|id| here.get(id).or_else(|| before.get(id))) {
                let known = kinds.entry(promise.clone()).or_insert(kind);
                // An endpoint that appears or goes is told whole.
                if !matches!(known, EventKind::Born | EventKind::Removed) {
                    *known = (*known).max(kind);
                }
            }
        }
        for (promise, kind) in kinds {
            if let Some(line) = lines.get_mut(&promise) {
                line.events.push(Event { release: release.version.to_owned(), kind });
            }
        }
        (before, served_before) = (here, served);
    }
    let mut out: Vec<Timeline> = lines.into_values().collect();
    out.sort_by(|a, b| (&a.section, &a.endpoint).cmp(&(&b.section, &b.endpoint)));
    out
}

/// What a finding tells of an endpoint; a change that is only warned of breaks nothing for certain.
fn kind_of(finding: &Finding) -> Option<EventKind> {
    match finding.effect? {
        Effect::None => None,
        Effect::Breaking if finding.level == Level::Deny => Some(EventKind::Broken),
        Effect::Compatible | Effect::Addition | Effect::Breaking => Some(EventKind::Widened),
        Effect::Deprecation => Some(EventKind::Deprecated),
    }
}

/// The release since which an endpoint has been served without a gap: the true `since` of what stands in the tree now;
/// `None` where the last release does not serve it. `releases` are in order of their versions; `promised` is what the
/// endpoint's mark speaks of.
#[must_use]
pub fn first_release<'a>(releases: &[(&'a str, &BTreeSet<String>)], promised: &BTreeSet<String>) -> Option<&'a str> {
    let serving = releases.iter().rev().take_while(|(_, serves)| !serves.is_disjoint(promised));
    serving.last().map(|(version, _)| *version)
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, first_release};

    #[test]
    fn a_gap_ends_what_was_before_it() {
        let has = BTreeSet::from(["#GET /a".to_owned()]);
        let not = BTreeSet::new();
        let first = |served: &[(&'static str, bool)]| {
            let releases: Vec<_> = served.iter().map(|(v, serves)| (*v, if *serves { &has } else { &not })).collect();
            first_release(&releases, &has)
        };
        assert_eq!(first(&[("1.0", false), ("1.1", true), ("1.2", true)]), Some("1.1"));
        assert_eq!(first(&[("1.0", true), ("1.1", false), ("1.2", true)]), Some("1.2"));
        assert_eq!(first(&[("1.0", true), ("1.1", false)]), None);
        assert_eq!(first(&[]), None);
    }
}
