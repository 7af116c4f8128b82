//! Impls that a macro which is not read may make.

use super::super::matching::Matching;
use crate::model::{Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind};
use std::collections::BTreeMap;

/// The macros on one type of which it is not known what they implement, where one side has others than the other: path
/// to version, as in [`TypeForm::macros`](crate::model::TypeForm::macros).
pub(in crate::diff) struct Macros {
    old: BTreeMap<String, String>,
    new: BTreeMap<String, String>,
    /// The type has impls that only the old side shows, and such that only the new one does.
    alone: (bool, bool),
}

/// Whether an impl that one side shows may be there on the other.
pub(in crate::diff) enum Doubt {
    /// It may; the macros, and a word for why.
    May(String, &'static str),
    /// It is the line of an unread macro: what was there in its place says that this is not known.
    Said,
}

/// Of the types that both sides have, those whose macros differ, under the path of either side.
pub(in crate::diff) fn macros(old: &EndpointSet, new: &EndpointSet, matching: &Matching) -> BTreeMap<String, Macros> {
    let mut out = BTreeMap::new();
    for (i, j) in &matching.pairs {
        let pair = old.endpoints.get(*i).and_then(of_type).zip(new.endpoints.get(*j).and_then(of_type));
        let Some(((path, was), (new_path, is))) = pair.filter(|((_, was), (_, is))| was != is) else { continue };
        for path in [path, new_path] {
            out.insert(path.to_owned(), Macros { old: was.clone(), new: is.clone(), alone: (false, false) });
        }
    }
    for owner in matching.removed.iter().filter_map(|i| of_impl(old.endpoints.get(*i)?)) {
        out.entry(owner.to_owned()).and_modify(|macros: &mut Macros| macros.alone.0 = true);
    }
    for owner in matching.added.iter().filter_map(|j| of_impl(new.endpoints.get(*j)?)) {
        out.entry(owner.to_owned()).and_modify(|macros: &mut Macros| macros.alone.1 = true);
    }
    out
}

fn of_type(endpoint: &Endpoint) -> Option<(&str, &BTreeMap<String, String>)> {
    match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Type(form) => Some((path, &form.macros)),
            _ => None,
        },
        _ => None,
    }
}

/// The type that an impl is of.
fn of_impl(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.content {
        EndpointContent::Item(signature) if signature.item == "impl" => signature.owner.as_deref(),
        _ => None,
    }
}

impl Macros {
    /// May the impl (`impl Trait for Type`) that one side shows be there on the other? `fresh`: the new side shows it.
    ///
    /// A macro in the same state on both sides made nothing that stood beside it. The line of a macro that is not read
    /// says that it is there, not what it makes: what stands in its place may be that.
    pub(in crate::diff) fn doubt(&self, head: &str, fresh: bool) -> Option<Doubt> {
        let (mine, other) = if fresh { (&self.new, &self.old) } else { (&self.old, &self.new) };
        let others: Vec<&String> =
            other.iter().filter(|(path, version)| mine.get(*path) != Some(version)).map(|(path, _)| path).collect();
        if !others.is_empty() {
            let listed: Vec<String> = others.iter().map(|path| format!("`{path}`")).collect();
            let listed = listed.join(", ");
            let why = match (others.iter().all(|path| mine.contains_key(*path)), fresh) {
                (true, true) => "made-by-other-code",
                (true, false) => "makes-by-other-code",
                (false, true) => "made",
                (false, false) => "makes",
            };
            return Some(Doubt::May(listed, why));
        }
        let of = head.strip_prefix("impl ")?.split(" for ").next()?;
        match (mine.contains_key(of), fresh, self.alone) {
            (true, true, (true, _)) => Some(Doubt::Said),
            (true, false, (_, true)) => Some(Doubt::May(format!("`{of}`"), "replaced")),
            _ => None,
        }
    }
}
