//! Whose an HTTP endpoint is: it stays with the package that served it when the code that serves it moves to one that
//! this is built with.

use super::Old;
use super::package::empty_set;
use crate::model::{Endpoint, EndpointSet, Kind};
use crate::package::{Package, TargetKind, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// The packages of a side, and what each of them serves.
pub(super) type Side<'a> = (&'a Workspace, &'a mut BTreeMap<String, EndpointSet>);

/// Gives `name` the endpoints back that it served on the old side and that a library which it is built with serves now.
/// A package with programs of its own may serve them apart: those are gone from here.
pub(super) fn keep((workspace, sets): Side<'_>, name: &str, old: &Old) {
    let Some(before) = old.sets.get(name) else { return };
    let here = sets.get(name).map(identities).unwrap_or_default();
    let gone: BTreeSet<String> = identities(before).difference(&here).cloned().collect();
    if gone.is_empty() {
        return;
    }
    for other in workspace.built_with(name) {
        let is_library = |package: &Package| package.targets.iter().all(|target| target.kind != TargetKind::Bin);
        if !workspace.package(&other).is_some_and(is_library) {
            continue;
        }
        let theirs = old.sets.get(&other).map(identities).unwrap_or_default();
        let moved = |endpoint: &Endpoint| {
            let identity = endpoint.identity();
            gone.contains(&identity) && !theirs.contains(&identity)
        };
        let Some(mut from) = sets.remove(&other) else { continue };
        if from.endpoints.iter().any(moved) {
            let set = sets.entry(name.to_owned()).or_insert_with(|| empty_set(name));
            set.take_over(&mut from, moved);
        }
        sets.insert(other, from);
    }
}

fn identities(set: &EndpointSet) -> BTreeSet<String> {
    set.endpoints.iter().filter(|endpoint| endpoint.kind() == Kind::Http).map(Endpoint::identity).collect()
}
