//! What a bound says besides: `T: Ord` says `T: PartialOrd` too.

use super::bindings;
use super::lifetimes::erased;
use super::split::{enclosed, list};
use crate::model::{Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind, TraitForm};
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
    /// Bounds of associated types of each side.
    old_types: bindings::Bound,
    new_types: bindings::Bound,
    /// Traits of the new side that every sized type has.
    everywhere: BTreeSet<String>,
    /// Traits of the old side that every type has which may have them.
    taken: BTreeSet<String>,
    /// Impls of the new side: for a type, which traits with what they ask; for all types of some bounds, the same by trait.
    impls: BTreeMap<String, Vec<(String, BTreeSet<String>)>>,
    /// Defaults of the parameters of traits of the new side.
    trait_defaults: BTreeMap<String, Vec<Option<String>>>,
    /// The crate whose items the new side's are.
    krate: String,
    /// Variances of the parameters of types without which a longer lifetime is another type.
    variances: BTreeMap<String, Vec<String>>,
}

impl Implied {
    /// By the supertraits of each side.
    pub(in crate::diff) fn of(old: &EndpointSet, new: &EndpointSet) -> Self {
        Self {
            old: supertraits(old),
            new: supertraits(new),
            old_types: bindings::of(old),
            new_types: bindings::of(new),
            everywhere: everywhere(new),
            taken: taken(old),
            impls: impls(new),
            trait_defaults: new
                .endpoints
                .iter()
                .filter_map(public_trait)
                .map(|(path, form)| {
                    (path.to_owned(), form.generics.params.iter().map(|(_, default)| default.clone()).collect())
                })
                .collect(),
            krate: krate(new),
            variances: variances(new),
        }
    }

    /// The crate whose items these are.
    pub(super) fn krate(&self) -> &str {
        &self.krate
    }

    /// Does an impl of this package meet the bound, for a type of its own, or for all that have what is given?
    pub(super) fn is_met(&self, bound: &str, given: &BTreeSet<String>) -> bool {
        let Some((subject, of)) = bound.split_once(": ") else { return false };
        let (base, arguments) = of.split_once('<').unwrap_or((of, ">"));
        let defaults = self.trait_defaults.get(base);
        let mut arguments: Vec<&str> = arguments.strip_suffix('>').map(list).unwrap_or_default();
        let written = arguments.len();
        for default in defaults.iter().flat_map(|all| all.iter().skip(written)) {
            match default.as_deref() {
                Some("Self") => arguments.push(subject),
                Some(default) => arguments.push(default),
                None => return false,
            }
        }
        let wanted = format!("{base}<{}>", arguments.join(", "));
        self.impls.get(base).into_iter().flatten().any(|(head, asked)| {
            let Some((theirs, own)) = head.split_once(" for ") else { return false };
            let theirs = if theirs.contains('<') { theirs.to_owned() } else { format!("{theirs}<>") };
            let pattern = format!("{theirs} for {own}");
            let Some(found) = super::covers::arguments(&pattern, &format!("{wanted} for {subject}")) else {
                return false;
            };
            let list: Vec<String> = (0..=found.keys().copied().max().unwrap_or(0))
                .map(|n| found.get(&n).cloned().unwrap_or_default())
                .collect();
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            let is_met = |ask: &String| {
                let ask = with_operand(&erased(&with_arguments(ask, &list)));
                ask.contains(": ?") || ask.contains(": '") || given.iter().any(|bound| with_operand(bound) == ask)
            };
            asked.iter().all(is_met)
        })
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
        let (mut was, mut is) = (all(old, &self.old), all(new, &self.new));
        bindings::add(&mut was, &self.old_types, &self.old);
        bindings::add(&mut is, &self.new_types, &self.new);
        (was, is)
    }
}

pub(super) fn public_trait(endpoint: &Endpoint) -> Option<(&str, &TraitForm)> {
    match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Trait(form) => Some((path, form)),
            _ => None,
        },
        _ => None,
    }
}

/// The number of a parameter: 1 of `T1`.
fn position(text: &str) -> Option<usize> {
    text.strip_prefix('T').and_then(|n| n.parse().ok())
}

/// A text of a trait with arguments in the place of its parameters.
fn with_arguments(text: &str, arguments: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
        let (word, tail) = rest.split_at(length.max(c.len_utf8()));
        let argument = position(word).and_then(|n| arguments.get(n)).filter(|_| !out.ends_with("::"));
        out.push_str(argument.unwrap_or(&word));
        rest = tail;
    }
    out
}

/// The supertraits of a side's public traits without parameters, by path.
fn supertraits(set: &EndpointSet) -> BTreeMap<String, BTreeSet<String>> {
    let plain = |(_, form): &(&str, &TraitForm)| form.generics.params.is_empty() && form.generics.lifetimes == 0;
    let traits = set.endpoints.iter().filter_map(public_trait).filter(plain);
    traits.map(|(path, form)| (path.to_owned(), form.supertraits.clone())).collect()
}

/// Traits that are implemented for everything that has their supertraits, by path.
fn taken(set: &EndpointSet) -> BTreeSet<String> {
    let known = supertraits(set);
    let traits: BTreeMap<&str, &TraitForm> = set.endpoints.iter().filter_map(public_trait).collect();
    let impls = set.endpoints.iter().filter_map(|endpoint| match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => match &signature.form {
            Form::Impl(form) if form.blanket => Some((path, form)),
            _ => None,
        },
        _ => None,
    });
    let all = impls.filter_map(|(path, form)| {
        let of = path.strip_prefix("impl ")?.strip_suffix(" for T0")?;
        let (path, arguments) = of.split_once('<').unwrap_or((of, ">"));
        let arguments: Vec<&str> = list(arguments.strip_suffix('>')?);
        let form_of = traits.get(path).filter(|of| of.generics.lifetimes == 0)?;
        // `impl<T, R> Ext<R> for T`: for whatever arguments.
        let distinct = arguments.iter().collect::<BTreeSet<_>>().len() == form_of.generics.params.len();
        let free = |text: &&str| *text != "T0" && position(text).is_some();
        if !distinct || arguments.len() != form_of.generics.params.len() || !arguments.iter().all(free) {
            return None;
        }
        let asked = form_of.supertraits.iter().map(|bound| format!("T0: {}", with_arguments(bound, &arguments)));
        let asked = all(&asked.collect(), &known);
        let met = |bound: &String| bound == "T0: ?std::marker::Sized" || asked.contains(bound);
        form.bounds.iter().all(met).then(|| path.to_owned())
    });
    all.collect()
}

fn krate(set: &EndpointSet) -> String {
    let mut paths = set.endpoints.iter().filter_map(|endpoint| match &endpoint.key {
        EndpointKey::Named { kind: Kind::Item, path } if !path.contains([' ', '~']) => path.split("::").next(),
        _ => None,
    });
    paths.next().unwrap_or_default().to_owned()
}

/// The impls of a side with what they ask, by the trait without its arguments.
fn impls(set: &EndpointSet) -> BTreeMap<String, Vec<(String, BTreeSet<String>)>> {
    let mut out: BTreeMap<String, Vec<(String, BTreeSet<String>)>> = BTreeMap::new();
    for endpoint in &set.endpoints {
        if let (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) =
            (&endpoint.key, &endpoint.content)
            && let Form::Impl(form) = &signature.form
            && endpoint.condition == Condition::Always
            && let Some(head) = path.strip_prefix("impl ")
        {
            let base = head.split(['<', ' ']).next().unwrap_or_default().to_owned();
            out.entry(base).or_default().push((head.to_owned(), form.bounds.clone()));
        }
    }
    out
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
        let borrowed =
            equivalent(of, base, arguments).filter(|_| out.contains(&format!("{}: std::cmp::Eq", inner(arguments))));
        let others =
            converse.into_iter().chain(borrowed).chain(equalities).chain(by_error(of, text)).chain(of_one(&bound));
        for more in of_subject.chain(others) {
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

/// What holds for every lifetime (`'b0`) holds for each.
fn of_one(bound: &str) -> Option<String> {
    let mut parts = bound.split("'b");
    let mut out = parts.next()?.to_owned();
    let mut any = false;
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let bound = rest.len() < part.len();
        out.push_str(if bound { "'_" } else { "'b" });
        out.push_str(if bound { rest } else { part });
        any |= bound;
    }
    any.then_some(out)
}

/// `Item: Clone`, what is asked of an associated type.
fn binds(part: &str) -> bool {
    part.split_once(": ").is_some_and(|(name, _)| !name.is_empty() && name.chars().all(char::is_alphanumeric))
}

/// A bound by an operator whose other operand is `Self` by default, with it.
fn with_operand(bound: &str) -> String {
    let parts = bound.split_once(": ").filter(|(_, of)| of.starts_with("std::ops::") && !of.contains('('));
    let Some((subject, of)) = parts else { return bound.to_owned() };
    let (base, arguments) = of.split_once('<').unwrap_or((of, ">"));
    let arguments = arguments.strip_suffix('>').map(list).unwrap_or_default();
    if arguments.iter().any(|argument| !argument.contains(" = ")) {
        return bound.to_owned();
    }
    let all: Vec<&str> = std::iter::once(subject).chain(arguments).collect();
    format!("{subject}: {base}<{}>", all.join(", "))
}

fn inner(arguments: &str) -> &str {
    arguments.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or_default()
}

/// `Q: Equivalent<K>` of `K: Borrow<Q>`, where `Q: Eq`.
fn equivalent(of: &str, base: &str, arguments: &str) -> Option<String> {
    let borrowed = !of.is_empty() && base == "std::borrow::Borrow" && !inner(arguments).is_empty();
    borrowed.then(|| format!("{}: equivalent::Equivalent<{of}>", inner(arguments)))
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
            ("F0: std::ops::FnOnce(&'b0 u8) -> F1", "F0: std::ops::FnOnce(&'_ u8) -> F1"),
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
