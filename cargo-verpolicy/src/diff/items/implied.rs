//! What a bound says besides: `T: Ord` says `T: PartialOrd` too.

use super::split::{enclosed, list};
use crate::model::{EndpointContent, EndpointKey, EndpointSet, Form, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Traits of the standard library with what their implementors implement too, arguments kept (`Fn(u8)` says `FnMut(u8)`).
const STANDARD: &[(&str, &[&str])] = &[
    ("serde::DeserializeOwned", &["serde::Deserialize<'_>"]),
    ("serde::de::DeserializeOwned", &["serde::Deserialize<'_>"]),
    ("std::cmp::Eq", &["std::cmp::PartialEq"]),
    ("std::cmp::Ord", &["std::cmp::Eq", "std::cmp::PartialOrd"]),
    ("std::cmp::PartialOrd", &["std::cmp::PartialEq"]),
    ("std::error::Error", &["std::fmt::Debug", "std::fmt::Display"]),
    ("std::fmt::Display", &["std::string::ToString"]),
    ("std::future::Future", &["std::future::IntoFuture"]),
    ("std::io::BufRead", &["std::io::Read"]),
    ("std::iter::DoubleEndedIterator", &["std::iter::Iterator"]),
    ("std::iter::ExactSizeIterator", &["std::iter::Iterator"]),
    ("std::iter::FusedIterator", &["std::iter::Iterator"]),
    ("std::iter::Iterator", &["std::iter::IntoIterator"]),
    ("std::marker::Copy", &["std::clone::Clone"]),
    ("std::ops::AsyncFn", &["std::ops::AsyncFnMut"]),
    ("std::ops::AsyncFnMut", &["std::ops::AsyncFnOnce"]),
    ("std::ops::DerefMut", &["std::ops::Deref"]),
    ("std::ops::Fn", &["std::ops::FnMut"]),
    ("std::ops::FnMut", &["std::ops::FnOnce"]),
    ("std::ops::IndexMut", &["std::ops::Index"]),
];

/// How many bounds are followed from one set.
const MAX_BOUNDS: usize = 400;

/// What bounds of each side say besides.
#[derive(Default)]
pub(in crate::diff) struct Implied {
    old: BTreeMap<String, BTreeSet<String>>,
    new: BTreeMap<String, BTreeSet<String>>,
    /// Traits of the new side that every sized type has.
    everywhere: BTreeSet<String>,
    /// Traits of the old side that every type has which may have them.
    taken: BTreeSet<String>,
    /// Variances of the parameters of types without which a longer lifetime is another type.
    variances: BTreeMap<String, Vec<String>>,
}

impl Implied {
    /// By the supertraits of each side.
    pub(in crate::diff) fn of(old: &EndpointSet, new: &EndpointSet) -> Self {
        Self {
            old: supertraits(old),
            new: supertraits(new),
            everywhere: everywhere(new),
            taken: taken(old),
            variances: variances(new),
        }
    }

    /// Is the bound one that every sized type meets?
    pub(super) fn is_met_by_all(&self, bound: &str) -> bool {
        bound.split_once(": ").is_some_and(|(_, path)| self.everywhere.contains(path))
    }

    /// Is there an implementation of the trait for all that it admits, so that nobody else can write one?
    pub(super) fn is_taken(&self, path: &str) -> bool {
        self.taken.contains(path)
    }

    /// The variances of a type's parameters, lifetimes first.
    pub(super) fn variances(&self, path: &str) -> Option<&[String]> {
        self.variances.get(path).map(Vec::as_slice)
    }

    /// The bounds of both sides with all that they say: `T0: std::cmp::Ord`, or the trait alone.
    pub(super) fn both(&self, old: &BTreeSet<String>, new: &BTreeSet<String>) -> (BTreeSet<String>, BTreeSet<String>) {
        // What both have says the same on both.
        if old == new {
            return (old.clone(), new.clone());
        }
        (all(old, &self.old), all(new, &self.new))
    }
}

/// The supertraits of a side's public traits without parameters, by path.
fn supertraits(set: &EndpointSet) -> BTreeMap<String, BTreeSet<String>> {
    let traits = set.endpoints.iter().filter_map(|endpoint| match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Trait(form) if form.generics.params.is_empty() && form.generics.lifetimes == 0 => Some((path, form)),
            _ => None,
        },
        _ => None,
    });
    traits.map(|(path, form)| (path.clone(), form.supertraits.clone())).collect()
}

/// Traits without parameters that are implemented for everything that has their supertraits, by path.
fn taken(set: &EndpointSet) -> BTreeSet<String> {
    let traits = supertraits(set);
    let impls = set.endpoints.iter().filter_map(|endpoint| match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Impl(form) if form.blanket => Some((path, form)),
            _ => None,
        },
        _ => None,
    });
    let all = impls.filter_map(|(path, form)| {
        let path = path.strip_prefix("impl ")?.strip_suffix(" for T0")?;
        let asked = all(&traits.get(path)?.iter().map(|bound| format!("T0: {bound}")).collect(), &traits);
        let met = |bound: &String| bound == "T0: ?std::marker::Sized" || asked.contains(bound);
        form.bounds.iter().all(met).then(|| path.to_owned())
    });
    all.collect()
}

/// The variances of public types, by path.
fn variances(set: &EndpointSet) -> BTreeMap<String, Vec<String>> {
    let types = set.endpoints.iter().filter_map(|endpoint| match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Type(form) if form.generics.lifetimes > 0 => Some((path.clone(), form.inferred.variance.clone())),
            _ => None,
        },
        _ => None,
    });
    types.collect()
}

/// Traits without parameters that are implemented for every type, by path.
fn everywhere(set: &EndpointSet) -> BTreeSet<String> {
    let impls = set.endpoints.iter().filter_map(|endpoint| match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Impl(form) if form.blanket => {
                let asks = form.bounds.iter().any(|bound| bound != "T0: ?std::marker::Sized");
                path.strip_prefix("impl ")?.strip_suffix(" for T0").filter(|_| !asks)
            }
            _ => None,
        },
        _ => None,
    });
    impls.filter(|path| !path.contains('<')).map(str::to_owned).collect()
}

/// Bounds with all that they say by the standard library's traits; what says more by its arguments stands for what says less.
pub(super) fn with_standard(bounds: &BTreeSet<String>) -> BTreeSet<String> {
    all(bounds, &BTreeMap::new())
}

fn all(bounds: &BTreeSet<String>, own: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut out = bounds.clone();
    let mut queue: Vec<String> = bounds.iter().cloned().collect();
    while let Some(bound) = queue.pop().filter(|_| out.len() < MAX_BOUNDS) {
        let (of, text) = bound.split_once(": ").map_or(("", bound.as_str()), |(of, text)| (of, text));
        let (binder, text) = match text.strip_prefix("for<").and_then(|rest| rest.split_once("> ")) {
            Some((names, text)) => (format!("for<{names}> "), text),
            None => (String::new(), text),
        };
        let end = text.find(['<', '(', ' ']).unwrap_or(text.len());
        let (base, arguments) = text.split_at(end);
        let standard = STANDARD.iter().filter(|(path, _)| *path == base).flat_map(|(_, more)| more.iter());
        let standard = standard.map(|more| format!("{binder}{more}{arguments}"));
        let own = own.get(base).filter(|_| arguments.is_empty()).into_iter().flatten().cloned();
        let of_subject = standard.chain(own);
        let of_subject = of_subject.map(|text| if of.is_empty() { text } else { format!("{of}: {text}") });
        let equalities = enclosed(arguments).and_then(|(inner, behind)| {
            let kept: Vec<&str> =
                list(inner).into_iter().filter(|part| !part.contains(" = ") && !binds(part)).collect();
            let some = behind.is_empty() && kept.len() < list(inner).len();
            let written = if kept.is_empty() { String::new() } else { format!("<{}>", kept.join(", ")) };
            let subject = if of.is_empty() { String::new() } else { format!("{of}: ") };
            some.then(|| format!("{subject}{binder}{base}{written}"))
        });
        let converse = converse(of, base, arguments).filter(|_| binder.is_empty());
        for more in of_subject.chain(converse).chain(equalities).chain(by_error(of, text)) {
            if out.insert(more.clone()) {
                queue.push(more);
            }
        }
    }
    // `Iterator<Item = u8> + DoubleEndedIterator` binds what the second one iterates over.
    let mut bound = Vec::new();
    for text in &out {
        let Some((of, item)) =
            text.split_once("std::iter::Iterator<").filter(|(of, _)| of.is_empty() || of.ends_with(": "))
        else {
            continue;
        };
        let more =
            ["DoubleEndedIterator", "ExactSizeIterator"].into_iter().map(|name| format!("{of}std::iter::{name}"));
        bound.extend(more.filter(|plain| out.contains(plain)).map(|plain| format!("{plain}<{item}")));
    }
    out.extend(bound);
    out
}

/// `Item: Clone`, what is asked of an associated type.
fn binds(part: &str) -> bool {
    part.split_once(": ").is_some_and(|(name, _)| !name.is_empty() && name.chars().all(char::is_alphanumeric))
}

/// `K: Into<N>` of `N: From<K>`.
fn converse(of: &str, base: &str, arguments: &str) -> Option<String> {
    let from = arguments.strip_prefix('<')?.strip_suffix('>').filter(|_| !of.is_empty())?;
    match base {
        "std::convert::From" => Some(format!("{from}: std::convert::Into<{of}>")),
        "std::convert::TryFrom" => Some(format!("{from}: std::convert::TryInto<{of}>")),
        _ => None,
    }
}

/// The error of `N: TryFrom<K>` is that of `K: TryInto<N>`.
fn by_error(of: &str, text: &str) -> Option<String> {
    let head = of.strip_suffix(">::Error")?.strip_prefix('<')?;
    let (_, from) = head.split_once(" as std::convert::TryFrom<")?;
    Some(format!("{}::Error: {text}", from.strip_suffix('>')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bounds_say_besides() {
        let own = BTreeMap::from([("a::Child".to_owned(), BTreeSet::from(["a::Parent".to_owned()]))]);
        for (bound, besides) in [
            ("T0: std::cmp::Ord", "T0: std::cmp::PartialEq"),
            ("F0: std::ops::Fn(u8) -> u8", "F0: std::ops::FnOnce(u8) -> u8"),
            ("F0: std::iter::DoubleEndedIterator<Item = u8>", "F0: std::iter::IntoIterator<Item = u8>"),
            ("std::marker::Copy", "std::clone::Clone"),
            ("T0: a::Child", "T0: a::Parent"),
            ("T0: b::Iter<u8, Item = u8>", "T0: b::Iter<u8>"),
            ("a::N: std::convert::TryFrom<F0>", "F0: std::convert::TryInto<a::N>"),
            ("<a::N as std::convert::TryFrom<F0>>::Error: a::Child", "F0::Error: a::Parent"),
        ] {
            let all = all(&BTreeSet::from([bound.to_owned()]), &own);
            assert!(all.contains(besides), "{bound}: {all:?}");
        }
    }
}
