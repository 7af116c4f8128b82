//! Which endpoint of one side is which of the other.

use super::conditions::Builds;
use super::versions::{self, Range};
use crate::model::{Condition, Endpoint, EndpointKey, EndpointSet, MethodSet, Stability};
use std::collections::{BTreeMap, BTreeSet};

/// Endpoints that belong together, and those that are alone, by index into their sets.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// Sorted, each once.
    pub pairs: BTreeSet<(usize, usize)>,
    /// Of the old side.
    pub removed: BTreeSet<usize>,
    /// Of the new side.
    pub added: BTreeSet<usize>,
    /// Of the old side: paired, but some version it was published in no longer has it.
    pub withdrawn: BTreeSet<usize>,
    /// Of pairs that share an endpoint with another: the conditions of all of them, told once.
    pub shared: BTreeMap<(usize, usize), (Condition, Condition)>,
}

/// Matches two sets by identity; lifetimes and conditions tell apart what shares one.
pub(super) fn by_identity(old: &EndpointSet, new: &EndpointSet, builds: &Builds<'_>) -> Matching {
    let mut matching = Matching::default();
    let horizon = versions::horizon(&old.endpoints);
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, endpoint) in old.endpoints.iter().enumerate() {
        groups.entry(without_service(endpoint)).or_default().0.push(i);
    }
    for (j, endpoint) in new.endpoints.iter().enumerate() {
        groups.entry(without_service(endpoint)).or_default().1.push(j);
    }
    for (olds, news) in groups.into_values() {
        let native = olds.iter().filter_map(|i| old.endpoints.get(*i)).any(|e| e.lifetime.native)
            || news.iter().filter_map(|j| new.endpoints.get(*j)).any(|e| e.lifetime.native);
        if native {
            by_version(old, new, (&olds, &news), horizon.as_deref(), &mut matching);
        } else {
            let mut here = Matching::default();
            one_by_one(old, new, olds.clone(), news.clone(), &mut here);
            by_condition((old, &olds), (new, &news), builds, &mut here);
            matching.pairs.extend(here.pairs);
            matching.removed.extend(here.removed);
            matching.added.extend(here.added);
            matching.shared.extend(here.shared);
        }
    }
    across_services(old, new, &mut matching);
    any_method(old, new, &mut matching);
    head_beside_get(old, new, &mut matching);
    matching
}

/// Endpoints that a framework publishes version by version: each version that both sides publish is compared. What
/// begins above everything that the old side names is new.
fn by_version(
    old: &EndpointSet,
    new: &EndpointSet,
    (olds, news): (&[usize], &[usize]),
    horizon: Option<&str>,
    matching: &mut Matching,
) {
    let range = |set: &EndpointSet, i: &usize| set.endpoints.get(*i).map(|e| Range::of(&e.lifetime));
    let old_ranges: Vec<(usize, Range)> = olds.iter().filter_map(|i| Some((*i, range(old, i)?))).collect();
    let new_ranges: Vec<(usize, Range)> = news.iter().filter_map(|j| Some((*j, range(new, j)?))).collect();
    let all = old_ranges.iter().chain(&new_ranges).map(|(_, range)| range);
    let mut met = (BTreeSet::new(), BTreeSet::new());
    let mut lost = BTreeSet::new();
    for start in versions::starts(all) {
        let later = match (&start, horizon) {
            (Some(start), Some(horizon)) => versions::later(start, horizon),
            (Some(_), None) => true,
            (None, _) => false,
        };
        let there = |ranges: &[(usize, Range)]| -> Vec<usize> {
            ranges.iter().filter(|(_, r)| r.holds(start.as_deref())).map(|(i, _)| *i).collect()
        };
        let (a, b) = (if later { Vec::new() } else { there(&old_ranges) }, there(&new_ranges));
        let mut here = Matching::default();
        one_by_one(old, new, a, b, &mut here);
        met.0.extend(here.pairs.iter().map(|(i, _)| *i));
        met.1.extend(here.pairs.iter().map(|(_, j)| *j));
        matching.pairs.extend(here.pairs);
        lost.extend(here.removed);
    }
    matching.removed.extend(olds.iter().filter(|i| !met.0.contains(i)));
    matching.added.extend(news.iter().filter(|j| !met.1.contains(j)));
    matching.withdrawn.extend(lost.into_iter().filter(|i| met.0.contains(i)));
}

/// Pairs endpoints of one route: of one condition, then of one handler, then in order. A service gets its name when a
/// second one answers the same route, so its handler says more of it than the name does.
fn one_by_one(
    old: &EndpointSet,
    new: &EndpointSet,
    mut olds: Vec<usize>,
    mut news: Vec<usize>,
    matching: &mut Matching,
) {
    fn both(a: &Endpoint, b: &Endpoint) -> bool {
        a.condition == b.condition && a.handler == b.handler && a.lifetime.since == b.lifetime.since
    }
    let steps: [fn(&Endpoint, &Endpoint) -> bool; 7] = [
        |a, b| service(a) == service(b) && both(a, b),
        |a, b| service(a) == service(b) && a.condition == b.condition && a.handler == b.handler,
        both,
        |a, b| a.condition == b.condition && a.handler.is_some() && a.handler == b.handler,
        |a, b| service(a) == service(b) && a.condition == b.condition && a.lifetime.since == b.lifetime.since,
        |a, b| {
            service(a) == service(b) && (a.condition == b.condition || a.handler.is_some() && a.handler == b.handler)
        },
        |a, b| service(a) == service(b),
    ];
    let unstable =
        |set: &EndpointSet, i: &usize| set.endpoints.get(*i).is_some_and(|e| e.stability != Stability::Stable);
    olds.sort_by_key(|i| unstable(old, i));
    news.sort_by_key(|j| unstable(new, j));
    for step in steps {
        olds.retain(|i| {
            let Some(a) = old.endpoints.get(*i) else { return false };
            let found = news.iter().position(|j| new.endpoints.get(*j).is_some_and(|b| step(a, b)));
            match found {
                Some(at) => {
                    matching.pairs.insert((*i, news.remove(at)));
                    false
                }
                None => true,
            }
        });
    }
    matching.removed.extend(olds);
    matching.added.extend(news);
}

/// What is alone though it stands under a condition that excludes the others of its side: one handler became several, or
/// several one. It is compared with everything that answers in its builds, and their conditions are taken together.
fn by_condition(
    (old, olds): (&EndpointSet, &[usize]),
    (new, news): (&EndpointSet, &[usize]),
    builds: &Builds<'_>,
    here: &mut Matching,
) {
    if here.removed.is_empty() && here.added.is_empty() {
        return;
    }
    let condition = |set: &EndpointSet, at: &usize| set.endpoints.get(*at).map(|e| e.condition.clone());
    let was: BTreeMap<usize, Condition> = olds.iter().filter_map(|i| Some((*i, condition(old, i)?))).collect();
    let is: BTreeMap<usize, Condition> = news.iter().filter_map(|j| Some((*j, condition(new, j)?))).collect();
    let apart = |all: &BTreeMap<usize, Condition>, one: usize| {
        let Some(own) = all.get(&one) else { return false };
        all.len() > 1 && all.iter().all(|(other, condition)| *other == one || !builds.hold_together(own, condition))
    };
    let met = |i: usize, j: usize| was.get(&i).zip(is.get(&j)).is_some_and(|(a, b)| builds.meet(a, b));
    let mut more = BTreeSet::new();
    for i in here.removed.iter().filter(|i| apart(&was, **i)) {
        more.extend(news.iter().filter(|j| met(*i, **j)).map(|j| (*i, *j)));
    }
    // What is unstable and new promises nothing.
    let stable = |j: &usize| new.endpoints.get(*j).is_some_and(|e| e.stability == Stability::Stable);
    for j in here.added.iter().filter(|j| apart(&is, **j) && stable(j)) {
        more.extend(olds.iter().filter(|i| met(**i, *j)).map(|i| (*i, *j)));
    }
    if more.is_empty() {
        return;
    }
    // A pair that was only the first of its handler may have no build.
    here.pairs.retain(|(i, j)| met(*i, *j));
    here.pairs.extend(more);
    here.removed = olds.iter().copied().filter(|i| here.pairs.iter().all(|(paired, _)| paired != i)).collect();
    here.added = news.iter().copied().filter(|j| here.pairs.iter().all(|(_, paired)| paired != j)).collect();
    let any = |all: &BTreeMap<usize, Condition>, paired: &dyn Fn(&usize) -> bool| {
        let of = all.iter().filter(|(at, _)| paired(at));
        of.fold(Condition::Never, |any, (_, condition)| any.or(condition.clone()))
    };
    let both = (
        any(&was, &|i| here.pairs.iter().any(|(paired, _)| paired == i)),
        any(&is, &|j| here.pairs.iter().any(|(_, paired)| paired == j)),
    );
    let mut said = Some(both);
    for pair in &here.pairs {
        here.shared.insert(*pair, said.take().unwrap_or_default());
    }
}

/// A service that got or lost its name serves the same routes: pairs what is alone, where it is the only one.
fn across_services(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) {
    let plain = |e: &Endpoint| matches!(e.key, EndpointKey::Http { .. }).then(|| without_service(e));
    // Under the same name the versions decided: one that is published no more is no other service.
    pair_unique(old, new, matching, plain, |a, b| service(a) != service(b));
}

/// The identity of an endpoint, whichever service answers it.
fn without_service(endpoint: &Endpoint) -> String {
    match &endpoint.key {
        EndpointKey::Http { service: _, path, method } => format!("#{method} {}", path.identity()),
        EndpointKey::Named { .. } => endpoint.identity(),
    }
}

fn service(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.key {
        EndpointKey::Http { service, .. } => Some(service),
        EndpointKey::Named { .. } => None,
    }
}

/// Pairs what is alone by a key, where it is the only one with that key on either side.
pub(super) fn pair_unique(
    old: &EndpointSet,
    new: &EndpointSet,
    matching: &mut Matching,
    key: impl Fn(&Endpoint) -> Option<String>,
    also: fn(&Endpoint, &Endpoint) -> bool,
) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for i in &matching.removed {
        if let Some(key) = old.endpoints.get(*i).and_then(&key) {
            groups.entry(key).or_default().0.push(*i);
        }
    }
    for j in &matching.added {
        if let Some(key) = new.endpoints.get(*j).and_then(&key) {
            groups.entry(key).or_default().1.push(*j);
        }
    }
    let mut out = Vec::new();
    for (olds, news) in groups.into_values() {
        if let ([i], [j]) = (olds.as_slice(), news.as_slice())
            && let (Some(a), Some(b)) = (old.endpoints.get(*i), new.endpoints.get(*j))
            && also(a, b)
        {
            matching.removed.remove(i);
            matching.added.remove(j);
            matching.pairs.insert((*i, *j));
            out.push((*i, *j));
        }
    }
    out
}

/// The path of an HTTP endpoint, with its service, and its method.
fn route(e: &Endpoint) -> Option<(String, &MethodSet)> {
    match &e.key {
        EndpointKey::Http { service, path, method } => Some((format!("{service}#{}", path.identity()), method)),
        EndpointKey::Named { .. } => None,
    }
}

/// `any` is every method: what one side serves under it is compared with each method of the other. What only one side
/// serves stays removed or added as well.
fn any_method(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) {
    let lone = |set: &EndpointSet, alone: &BTreeSet<usize>, any: bool| -> Vec<(String, usize)> {
        let of = |i: &usize| {
            let (path, method) = route(set.endpoints.get(*i)?)?;
            (matches!(method, MethodSet::Any) == any).then_some((path, *i))
        };
        alone.iter().filter_map(of).collect()
    };
    let widened = (lone(old, &matching.removed, false), lone(new, &matching.added, true));
    let split = (lone(old, &matching.removed, true), lone(new, &matching.added, false));
    for (path, j) in widened.1 {
        for (_, i) in widened.0.iter().filter(|(p, _)| *p == path) {
            matching.removed.remove(i);
            matching.pairs.insert((*i, j));
        }
    }
    for (path, i) in split.0 {
        for (_, j) in split.1.iter().filter(|(p, _)| *p == path) {
            matching.added.remove(j);
            matching.pairs.insert((i, *j));
        }
    }
}

/// Frameworks in which `GET` answers `HEAD`: a route for it alone that goes is no change.
fn head_beside_get(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) {
    let get = MethodSet::One("GET".to_owned());
    let served: BTreeSet<String> =
        new.endpoints.iter().filter_map(route).filter(|(_, m)| **m == get).map(|(path, _)| path).collect();
    matching.removed.retain(|i| {
        let Some(e) = old.endpoints.get(*i) else { return false };
        let answered = matches!(e.framework.as_deref(), Some(name) if name.contains("axum") || name == "rocket");
        let head = route(e).filter(|(_, m)| **m == MethodSet::One("HEAD".to_owned()));
        !(answered && head.is_some_and(|(path, _)| served.contains(&path)))
    });
}
