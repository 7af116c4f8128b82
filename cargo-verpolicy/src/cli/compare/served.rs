//! Whose an HTTP endpoint is: it stays with the package that served it when the code that serves it moves to one that
//! this is built with.

use super::package::empty_set;
use super::{Current, Old};
use crate::model::{Endpoint, EndpointSet, Kind};
use std::collections::BTreeSet;

/// Gives `name` the endpoints back that it served on the old side and that a package which it is built with serves now.
pub(super) fn keep(current: &mut Current, name: &str, old: &Old) {
    let Some(before) = old.sets.get(name) else { return };
    let here = current.sets.get(name).map(identities).unwrap_or_default();
    let gone: BTreeSet<String> = identities(before).difference(&here).cloned().collect();
    if gone.is_empty() {
        return;
    }
    for other in current.side.workspace.built_with(name) {
        let theirs = old.sets.get(&other).map(identities).unwrap_or_default();
        let moved = |endpoint: &Endpoint| {
            let identity = endpoint.identity();
            gone.contains(&identity) && !theirs.contains(&identity)
        };
        let Some(mut from) = current.sets.remove(&other) else { continue };
        if from.endpoints.iter().any(moved) {
            let set = current.sets.entry(name.to_owned()).or_insert_with(|| empty_set(name));
            set.take_over(&mut from, moved);
        }
        current.sets.insert(other, from);
    }
}

fn identities(set: &EndpointSet) -> BTreeSet<String> {
    set.endpoints.iter().filter(|endpoint| endpoint.kind() == Kind::Http).map(Endpoint::identity).collect()
}
