//! Is a `since` true? It is when the release that it names serves the endpoint outside `unstable`, and the one before
//! does not; for what no release has, when it lies above the baseline and at most at the version in preparation.

use super::audit::Audit;
use super::bump::Bumps;
use super::case::{Case, Given, Mode};
use super::version::Version;
use crate::model::{BlindSpot, BlindSpotKind, Endpoint, EndpointContent, EndpointKey, EndpointSet, Kind, Stability};
use std::collections::{BTreeMap, BTreeSet};

/// The releases that marks name, as written, which [`judge`](super::judge::judge) wants to see: those of marks that are
/// new or changed since the baseline, or of all. [`baseline::named`](super::baseline::named) finds their tags.
#[must_use]
pub fn named_releases(current: &EndpointSet, baseline: Option<&EndpointSet>, every: bool) -> BTreeSet<String> {
    let stood = baseline.map(stood).unwrap_or_default();
    let asked = current.endpoints.iter().filter(|e| e.marked).filter_map(stable_since);
    let checked = asked.filter(|mark| every || !mark.stood_in(&stood)).map(|mark| mark.since);
    checked.filter(|since| *since != "next").map(str::to_owned).collect()
}

/// The `since` of a stable endpoint whose versions are not its framework's, and all that the endpoint is called.
struct Mark<'a> {
    names: BTreeSet<String>,
    since: &'a str,
}

impl Mark<'_> {
    /// Had the baseline this `since`, under any of its names?
    fn stood_in(&self, stood: &BTreeSet<(String, &str)>) -> bool {
        self.names.iter().any(|name| stood.contains(&(name.clone(), self.since)))
    }
}

fn stable_since(endpoint: &Endpoint) -> Option<Mark<'_>> {
    if endpoint.stability != Stability::Stable || endpoint.lifetime.native {
        return None;
    }
    Some(Mark { names: names(endpoint), since: endpoint.lifetime.since.as_ref()?.version.as_str() })
}

/// Every name with its `since`, of all marks of a set.
fn stood(set: &EndpointSet) -> BTreeSet<(String, &str)> {
    let marks = set.endpoints.iter().filter_map(stable_since);
    marks.flat_map(|mark| mark.names.into_iter().map(move |name| (name, mark.since))).collect()
}

/// What an endpoint is called: an item by every public path, an edition by its name, a type that travels or is
/// configured wherever it stands.
pub(super) fn names(endpoint: &Endpoint) -> BTreeSet<String> {
    let mut names = match &endpoint.content {
        EndpointContent::Item(signature) => signature.paths.clone(),
        _ => BTreeSet::new(),
    };
    names.insert(promised(&endpoint.key));
    names.extend(endpoint.edition.as_ref().map(|edition| format!("@{edition}")));
    if let EndpointKey::Named { kind: Kind::Message | Kind::Config, path } = &endpoint.key {
        names.extend(path.rsplit("::").next().map(|name| format!("*::{name}")));
    }
    names
}

/// What a `since` speaks of: the endpoint whatever its kind and whatever its path parameters match.
#[must_use]
pub fn promised(key: &EndpointKey) -> String {
    match key {
        EndpointKey::Named { path, kind: _ } => path.clone(),
        EndpointKey::Http { service, path, method } => format!("{service}#{method} {}", path.outline()),
    }
}

/// A mark speaks of its route on every service that the marked handler is served by.
#[derive(Default)]
pub struct Services<'a> {
    /// Handlers with their keys, by method and path.
    by_route: BTreeMap<String, Vec<(&'a str, &'a EndpointKey)>>,
}

impl<'a> Services<'a> {
    /// Those of a set; empty where everything is served by one.
    #[must_use]
    pub fn of(set: &'a EndpointSet) -> Self {
        let apart = |key: &EndpointKey| matches!(key, EndpointKey::Http { service, .. } if !service.is_empty());
        let mut by_route: BTreeMap<String, Vec<(&str, &EndpointKey)>> = BTreeMap::new();
        if set.endpoints.iter().any(|endpoint| apart(&endpoint.key)) {
            for Endpoint { key, handler, .. } in &set.endpoints {
                by_route.entry(route(key)).or_default().push((handler.as_deref().unwrap_or_default(), key));
            }
        }
        Self { by_route }
    }

    /// What the `since` of an endpoint's mark speaks of, as [`promised`] writes it.
    #[must_use]
    pub fn promised(&self, key: &EndpointKey) -> BTreeSet<String> {
        let there = self.by_route.get(&route(key)).map_or(&[][..], Vec::as_slice);
        let handlers: BTreeSet<&str> = there.iter().filter(|(_, other)| *other == key).map(|(by, _)| *by).collect();
        let others = there.iter().filter(|(by, _)| handlers.contains(by)).map(|(_, other)| promised(other));
        std::iter::once(promised(key)).chain(others).collect()
    }
}

/// Method and path, on whatever service; what has no route, by its path.
fn route(key: &EndpointKey) -> String {
    match key {
        EndpointKey::Named { path, .. } => path.clone(),
        EndpointKey::Http { method, path, .. } => format!("{method} {}", path.outline()),
    }
}

/// The releases at hand, in order, each with what it serves.
struct Releases<'a> {
    /// Those that count as releases for a `since`.
    known: Vec<(Version, &'a EndpointSet, BTreeSet<String>)>,
}

/// Before the first release nothing is served: a `since` is at most that release.
pub(super) fn beyond_the_first(case: &Case<'_>, first: &Version) -> Vec<Audit> {
    let scheme = &case.policy.scheme;
    let mut out = Vec::new();
    for (endpoint, id) in case.current.set.endpoints.iter().zip(case.current.set.ids()) {
        let Some(Mark { since, .. }) = stable_since(endpoint).filter(|mark| mark.since != "next") else { continue };
        let message = match scheme.parse_loose(since) {
            Ok(named) if scheme.compare(&named, first).is_le() => continue,
            Ok(_) => format!("`since = \"{since}\"` is beyond {}, the first release", scheme.render(first)),
            Err(error) => error.to_string(),
        };
        if case.counts(endpoint) {
            out.push(Audit::of_endpoint("since-untrue", &id, endpoint, message));
        }
    }
    out
}

/// What cannot be told of a `since` is a blind spot, whatever the rule's level.
pub(super) fn unverified(audit: &Audit) -> Option<BlindSpot> {
    (audit.rule == "since-unverified").then(|| BlindSpot {
        kind: BlindSpotKind::SinceUnverified,
        place: audit.new.clone(),
        detail: format!("`{}`: {}", audit.endpoint, audit.message),
        hides: None,
    })
}

/// Audits of the marks that are new or changed since the baseline; of all under `--release` and `history`.
pub(super) fn audits(case: &Case<'_>, old: Given<'_>, bumps: &Bumps<'_>) -> Vec<Audit> {
    let releases = Releases::new(case, old, bumps);
    let every = case.every_mark || case.mode == Mode::Release;
    let stood = stood(old.set);
    let services = Services::of(case.current.set);
    let mut out = Vec::new();
    for (endpoint, id) in case.current.set.endpoints.iter().zip(case.current.set.ids()) {
        let Some(mut mark) = stable_since(endpoint).filter(|_| case.counts(endpoint)) else { continue };
        // What the baseline may hide was perhaps there.
        let hidden = case.diff.blinded.iter().any(|blinded| blinded.missing_in_old && blinded.endpoint == id);
        if hidden || (!every && mark.stood_in(&stood)) {
            continue;
        }
        mark.names.extend(services.promised(&endpoint.key));
        if let Some((rule, message)) = releases.wrong(case, bumps, &mark) {
            out.push(Audit::of_endpoint(rule, &id, endpoint, message));
        }
    }
    out
}

impl<'a> Releases<'a> {
    fn new(case: &Case<'a>, old: Given<'a>, bumps: &Bumps<'_>) -> Self {
        let scheme = &case.policy.scheme;
        let named = case.releases.iter().filter_map(|(text, set)| Some((scheme.parse(text).ok()?, set)));
        let baseline = bumps.from.clone().map(|version| (version, old.set));
        let mut known: Vec<(Version, &EndpointSet, BTreeSet<String>)> = Vec::new();
        for (version, set) in named.chain(baseline) {
            let there = known.iter().any(|(v, ..)| scheme.compare(v, &version).is_eq());
            if case.policy.is_api_release(&version) && !there {
                let stable = set.endpoints.iter().filter(|e| e.stability == Stability::Stable);
                // A type's mark covers its fields and variants.
                let stable = stable.flat_map(names).chain(set.member_paths());
                known.push((version, set, stable.collect()));
            }
        }
        known.sort_by(|a, b| scheme.compare(&a.0, &b.0));
        Self { known }
    }

    /// What is wrong with a `since`; `None` where it is true.
    fn wrong(&self, case: &Case<'_>, bumps: &Bumps<'_>, mark: &Mark<'_>) -> Option<(&'static str, String)> {
        let scheme = &case.policy.scheme;
        let since = mark.since;
        // The release that has it, with all that came after and have it too: what was gone in between begins anew.
        let serves = |i: usize| self.known.get(i).is_some_and(|(.., serves)| !serves.is_disjoint(&mark.names));
        let first_of = |at: usize| (0..=at).rev().take_while(|i| serves(*i)).last();
        let version = |i: usize| self.known.get(i).map(|(version, ..)| scheme.render(version));
        let first = self.known.len().checked_sub(1).and_then(first_of).and_then(version);
        let untrue = |message: String| Some(("since-untrue", message));
        if since == "next" {
            let message = |first: &String| format!("`since = \"next\"`, but {first} serves it already");
            return first.as_ref().map(message).and_then(untrue);
        }
        let named = match scheme.parse_loose(since) {
            Ok(version) => version,
            Err(error) => return untrue(error.to_string()),
        };
        if case.policy.releases_api_apart() && !case.policy.is_api_release(&named) {
            let developed = case.policy.since_of(&scheme.render(&named)).unwrap_or_default();
            return untrue(format!("`since = \"{since}\"` is no release of the API: it belongs to {developed}"));
        }
        let from = bumps.from.as_ref()?;
        if scheme.compare(&named, from).is_gt() {
            if let Some(first) = first {
                return untrue(format!("`since = \"{since}\"`, but {first} serves it already"));
            }
            return self.beyond(case, bumps, &named, since);
        }
        let lacks = |version: Option<String>| {
            let version = version.unwrap_or_default();
            untrue(format!("`since = \"{since}\"`, but {version}, which is above it, does not serve it"))
        };
        let Some(index) = self.known.iter().position(|(v, ..)| scheme.compare(v, &named).is_eq()) else {
            // The baseline came after it, and would serve it.
            let later = self.known.iter().position(|(v, ..)| scheme.compare(v, from).is_eq());
            if let Some(later) = later.filter(|later| !serves(*later)) {
                return lacks(version(later));
            }
            // A pre-release, an implementation's release or a number that was never released cannot be told apart here.
            return Some(("since-unverified", format!("the endpoint set of {since} is not at hand")));
        };
        if !serves(index) {
            let appeared = first.map_or_else(|| "no release that is at hand does".to_owned(), |v| format!("{v} does"));
            return untrue(format!("`since = \"{since}\"`, but {since} does not serve it; {appeared}"));
        }
        if let Some(first) = first_of(index).filter(|first| *first < index).and_then(version) {
            return untrue(format!("`since = \"{since}\"`, but {first} serves it already"));
        }
        match (index..self.known.len()).find(|later| !serves(*later)) {
            Some(later) => lacks(version(later)),
            None => None,
        }
    }

    /// What no release has: at most the version in preparation.
    fn beyond(
        &self,
        case: &Case<'_>,
        bumps: &Bumps<'_>,
        named: &Version,
        since: &str,
    ) -> Option<(&'static str, String)> {
        let scheme = &case.policy.scheme;
        let prepared = bumps.in_preparation.iter().map(|v| case.policy.api_in_preparation(v));
        let highest = prepared.reduce(|a, b| if scheme.compare(&a, &b).is_ge() { a } else { b })?;
        // While pending, any one step; else no further than the version in preparation.
        let one_step = bumps.declared.is_some()
            || bumps.in_preparation.iter().any(|v| scheme.compare(named, &case.policy.api_in_preparation(v)).is_eq());
        let near = scheme.compare(named, &highest).is_le();
        if near && one_step {
            return None;
        }
        let message = if bumps.declared.is_some() {
            format!("`since = \"{since}\"` is beyond {}, the version in preparation", scheme.render(&highest))
        } else {
            format!("`since = \"{since}\"` is no step from the baseline")
        };
        Some(("since-untrue", message))
    }
}
