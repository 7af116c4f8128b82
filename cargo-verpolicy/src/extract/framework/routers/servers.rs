//! Several servers of one package: which routes are the same one met twice, and the names of those that only their server
//! tells apart.

use super::value::{Origin, Route, Target};
use crate::extract::crates::Crates;
use crate::extract::framework::Served;
use crate::model::{Condition, MethodSet, PathTemplate, Place, Prefix};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a route's identity is while duplicates are left out.
pub(super) type Identity = (MethodSet, PathTemplate, Handler, Condition);

/// What answers a route. Two targets that share a file share its handlers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Handler {
    /// The function that stands there.
    At(Place),
    /// What is not at hand, by its path.
    Named(String),
}

/// What answers a route of this target.
pub(super) fn handler(crates: &Crates, target: &Target<'_>) -> Handler {
    match &target.function {
        Some(named) => Handler::At(crates.place(named.scope.module, named.item.pos)),
        None => Handler::Named(target.path.clone()),
    }
}

/// The routes met so far.
pub(super) struct Seen<'s> {
    servers: &'s [Origin],
    /// Servers that one code adds a route to: a choice between ways to set one up.
    variants: BTreeSet<(usize, usize)>,
    known: BTreeMap<Identity, Vec<(usize, Place)>>,
    /// The conditions under which each is there, with the place that adds it.
    conditions: BTreeMap<(MethodSet, PathTemplate, Handler, Place), Vec<Condition>>,
}

impl<'s> Seen<'s> {
    pub(super) fn new(servers: &'s [Origin], routes: &[Route<'_>]) -> Self {
        let mut by_place: BTreeMap<&Place, BTreeSet<usize>> = BTreeMap::new();
        for route in routes.iter().filter(|_| servers.len() > 1) {
            by_place.entry(&route.place).or_default().insert(route.server);
        }
        let pairs = |all: BTreeSet<usize>| {
            let each: Vec<usize> = all.into_iter().collect();
            each.clone().into_iter().flat_map(move |a| each.clone().into_iter().map(move |b| (a, b)))
        };
        let variants = by_place.into_values().flat_map(pairs).collect();
        Self { servers, variants, known: BTreeMap::new(), conditions: BTreeMap::new() }
    }

    /// Is it a new one? One router may be built twice, and a document may be made of a copy: the same handler at the
    /// same path is another promise only where both routers are served, and share nothing.
    pub(super) fn insert(&mut self, identity: Identity, route: &Route<'_>) -> bool {
        // What one code adds to a server, it adds under one more condition too.
        let (method, path, handler, condition) = &identity;
        let added = (method.clone(), path.clone(), handler.clone(), route.place.clone());
        let wider = self.conditions.entry(added).or_default();
        if wider.iter().any(|known| known != condition && asks_more(condition, known)) {
            return false;
        }
        wider.push(condition.clone());
        let served = |server: usize| self.servers.get(server).is_some_and(|origin| origin.served);
        let known = self.known.entry(identity).or_default();
        let again = |(server, place): &(usize, Place)| {
            let variants = *server == route.server || self.variants.contains(&(*server, route.server));
            variants || *place == route.place || !served(*server) || !served(route.server)
        };
        if known.iter().any(again) {
            return false;
        }
        known.push((route.server, route.place.clone()));
        true
    }
}

/// Does a condition ask for all that another one does?
fn asks_more(condition: &Condition, than: &Condition) -> bool {
    let asks = |part: &Condition| match condition {
        Condition::All(parts) => parts.contains(part),
        one => one == part,
    };
    match than {
        Condition::Always => true,
        Condition::All(parts) => parts.iter().all(asks),
        one => asks(one),
    }
}

/// How much a condition asks for: what asks for less comes first.
pub(super) fn weight(condition: &Condition) -> usize {
    match condition {
        Condition::Always => 0,
        Condition::All(parts) => parts.len(),
        _ => 1,
    }
}

/// Names the service of every route that another server of the package answers too. The server with the most routes
/// needs no name; `servers` says which one each of `served` belongs to.
pub(super) fn tell_apart(served: &mut [Served], servers: &[usize], origins: &[Origin]) {
    if origins.len() < 2 {
        return;
    }
    let mut sizes = vec![0_usize; origins.len()];
    for server in servers {
        if let Some(size) = sizes.get_mut(*server) {
            *size += 1;
        }
    }
    let names = names(origins);
    let rank = |server: usize| (Reverse(sizes.get(server).copied()), names.get(server));
    let mut groups: BTreeMap<(MethodSet, String), Vec<usize>> = BTreeMap::new();
    for (index, one) in served.iter().enumerate().filter(|(_, one)| one.path.prefix == Prefix::Known) {
        for method in &one.methods {
            groups.entry((method.clone(), one.path.identity())).or_default().push(index);
        }
    }
    let server = |index: usize| servers.get(index).copied().unwrap_or_default();
    let mut named = BTreeSet::new();
    for group in groups.values() {
        let Some(first) = group.iter().map(|index| server(*index)).min_by_key(|server| rank(*server)) else { continue };
        let collides = |index: usize| {
            let others = group.iter().filter(|other| server(**other) != server(index));
            let condition = |index: usize| served.get(index).map(|one| &one.condition);
            let mut both = others.filter_map(|other| Some((condition(index)?, condition(*other)?)));
            both.any(|(a, b)| !a.excludes(b))
        };
        named.extend(group.iter().copied().filter(|index| server(*index) != first && collides(*index)));
    }
    for index in named {
        if let (Some(one), Some(name)) = (served.get_mut(index), names.get(server(index))) {
            one.service.clone_from(name);
        }
    }
}

/// A name for each server: the function that makes it with the module around it; the program before it, the variable and
/// then a number behind it where that is not enough.
fn names(origins: &[Origin]) -> Vec<String> {
    let short = |origin: &Origin| {
        let segments: Vec<&str> = origin.function.split("::").skip(1).collect();
        segments.get(segments.len().saturating_sub(2)..).unwrap_or_default().join("::")
    };
    let mut names: Vec<String> = origins.iter().map(short).collect();
    let count = |names: &[String], name: &String| names.iter().filter(|other| *other == name).count();
    // Two programs of one package each have their `main`.
    let program = |origin: &Origin| origin.function.split("::").next().unwrap_or_default().to_owned();
    let plain = names.clone();
    for (name, origin) in names.iter_mut().zip(origins) {
        let mut same = origins.iter().zip(&plain).filter(|(_, other)| *other == name);
        if same.any(|(other, _)| program(other) != program(origin)) {
            *name = format!("{}::{name}", program(origin));
        }
    }
    let plain = names.clone();
    for (name, origin) in names.iter_mut().zip(origins) {
        if let Some(variable) = origin.variable.as_ref().filter(|_| count(&plain, name) > 1) {
            name.push_str("::");
            name.push_str(variable);
        }
    }
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for name in &mut names {
        let times = met.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            name.push_str(&format!("-{times}"));
        }
    }
    names
}
