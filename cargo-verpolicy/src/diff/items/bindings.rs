//! What bounds bind without saying so: where `F0: Into<Item = u8>` and every `Into` says `type Iter: Walk<Item = Self::Item>`,
//! `F0::Iter: Walk` binds its `Item` to `u8`, and so does a bound by a trait that has `Walk` as a supertrait.

use super::implied::public_trait;
use super::split::{enclosed, list};
use crate::model::{EndpointSet, Form};
use std::collections::{BTreeMap, BTreeSet};

/// Bounds of the associated types of a side's public traits without parameters, by trait and name.
pub(super) type Bound = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

pub(super) fn of(set: &EndpointSet) -> Bound {
    let traits = set.endpoints.iter().filter_map(public_trait).filter(|(_, form)| form.generics.params.is_empty());
    let bound = traits.map(|(path, form)| {
        let types = form.members.iter().filter_map(|(name, member)| match &member.form {
            Form::Value(value) if member.item == "type" => Some((name.clone(), value.bounds.clone())),
            _ => None,
        });
        (path.to_owned(), types.filter(|(_, bounds)| !bounds.is_empty()).collect::<BTreeMap<_, _>>())
    });
    bound.filter(|(_, types)| !types.is_empty()).collect()
}

/// Adds to the bounds, with all that they say, those that bind what these bind.
pub(super) fn add(bounds: &mut BTreeSet<String>, bound: &Bound, supertraits: &BTreeMap<String, BTreeSet<String>>) {
    let mut out = BTreeSet::new();
    for (subject, of) in bounds.iter().filter_map(|bound| bound.split_once(": ")) {
        let (base, given) = with_bindings(of);
        for (name, theirs) in bound.get(base).into_iter().flatten() {
            let inner = format!("{subject}::{name}");
            for (parent, bindings) in theirs.iter().map(|text| with_bindings(text)) {
                for (item, value) in bindings {
                    let value = value.strip_prefix("Self::").and_then(|own| given.get(own));
                    let Some(value) = value else { continue };
                    // Every bound of the inner type by that trait or one below it.
                    let plain = bounds.iter().filter_map(|other| other.strip_prefix(&inner)?.strip_prefix(": "));
                    let below = plain.filter(|other| *other == parent || has_parent(other, parent, supertraits, 0));
                    out.extend(below.map(|other| format!("{inner}: {other}<{item} = {value}>")));
                }
            }
        }
    }
    bounds.extend(out);
}

/// `Walk<Item = u8>` taken apart.
fn with_bindings(text: &str) -> (&str, BTreeMap<&str, &str>) {
    let Some((base, rest)) = text.find('<').map(|at| text.split_at(at)) else { return (text, BTreeMap::new()) };
    let inner = enclosed(rest).map(|(inner, _)| list(inner)).unwrap_or_default();
    (base, inner.into_iter().filter_map(|part| part.split_once(" = ")).collect())
}

fn has_parent(path: &str, parent: &str, supertraits: &BTreeMap<String, BTreeSet<String>>, depth: u32) -> bool {
    depth < 16
        && supertraits.get(path).into_iter().flatten().any(|above| {
            let above = above.split('<').next().unwrap_or_default();
            above == parent || has_parent(above, parent, supertraits, depth + 1)
        })
}
