//! Functions and methods.

use super::super::ChangeKind as K;
use super::lifetimes::{self, Lifetimes, erased, without_names};
use super::split::{enclosed, list, sum};
use super::{Findings, accepts, elided, generics, implied, numbers};
use crate::model::{Function, GenericsForm};
use std::collections::{BTreeMap, BTreeSet};

/// Compares two functions; `texts` show them whole.
pub(super) fn compare(findings: &mut Findings<'_>, old: &Function, new: &Function, texts: (&str, &str)) {
    let specialised = findings.owner.as_deref().and_then(|owner| specialised(old, new, owner));
    let new = specialised.as_ref().unwrap_or(new);
    let aligned = findings.owner.as_deref().and_then(|owner| aligned(old, new, owner));
    let old = aligned.as_ref().unwrap_or(old);
    let converted = as_itself(old, new);
    let new = converted.as_ref().unwrap_or(new);
    let numbered = numbers::of(old, new);
    let old = numbered.as_ref().unwrap_or(old);
    let left_out = elided::left_out(old, new, &findings.krate);
    let (old, new) = left_out.as_ref().map_or((old, new), |(old, new)| (old, new));
    let Function {
        receiver,
        params,
        ret,
        generics,
        is_const,
        is_unsafe,
        abi,
        variadic,
        must_use,
        target_features,
        export,
        captures,
    } = old;
    receivers(findings, receiver.as_deref(), new.receiver.as_deref());
    let other_params = generics.params != new.generics.params;
    let mut generalized = BTreeSet::new();
    let mut converted = BTreeSet::new();
    let names = (texts.0, texts.1);
    if params.len() != new.params.len() || *variadic != new.variadic {
        let kind = if params.len() > new.params.len() { K::ItemParameterRemoved } else { K::ItemParameterAdded };
        findings.say(kind, "", params.len().to_string(), new.params.len().to_string());
    } else {
        for (index, (was, is)) in params.iter().zip(&new.params).enumerate() {
            if without_names(was) == without_names(is) {
                continue;
            }
            let at = format!("parameter {}", index + 1);
            if named(was, is, &new.generics) || named(is, was, generics) {
                // That it can be written out, or no longer, is said of the generic parameters.
                converted.extend([was.clone(), is.clone()]);
            } else if lifetimes::asks_for_fewer(was, is) {
                findings.say(K::ItemLifetimeRelaxed, "", names.0, names.1);
            } else if let Some(reference) = accepts::by_reference(was, is, new, findings.implied) {
                match reference {
                    true => findings.say(K::ItemParameterGeneralized, &at, was.as_str(), is.as_str()),
                    false => findings.say(K::ItemTypeUnknown, &at, was.as_str(), is.as_str()),
                }
            } else if let Some(parameter) = accepts::by_conversion(was, is, new, findings.implied) {
                generalized.insert(parameter);
                findings.say(K::ItemParameterGeneralized, &at, was.as_str(), is.as_str());
            } else if let Some((was, is)) = opaque_bounds(was, is) {
                let before = std::mem::take(&mut findings.prefix);
                findings.prefix = format!("{before}{at} · ");
                generics::bounds(findings, &was, &is);
                findings.prefix = before;
            } else {
                findings.of_type(K::ItemParameterTypeChanged, &at, was, is);
            }
        }
    }
    if without_names(ret) != without_names(&new.ret) {
        match returned(ret, &new.ret) {
            Returned::Same => {}
            Returned::Refined => findings.of_type(K::ItemReturnTypeRefined, "", ret, &new.ret),
            Returned::Unknown => findings.say(K::ItemTypeUnknown, "", ret.as_str(), new.ret.as_str()),
            Returned::Other => findings.of_type(K::ItemReturnTypeChanged, "", ret, &new.ret),
        }
    }
    if other_params && generalized.is_empty() {
        generics::parameters(findings, generics, &new.generics, false);
    }
    converted.extend(generalized);
    let own = |bound: &&String| !converted.iter().any(|name| bound.starts_with(&format!("{name}: ")));
    let kept = |set: &BTreeSet<String>| -> BTreeSet<String> { set.iter().filter(own).cloned().collect() };
    generics::bounds(findings, &kept(&generics.bounds), &kept(&new.generics.bounds));
    flag(findings, (*is_unsafe, new.is_unsafe), K::ItemUnsafeAdded, K::ItemUnsafeRemoved);
    flag(findings, (*is_const, new.is_const), K::ItemConstAdded, K::ItemConstRemoved);
    if *abi != new.abi {
        let shown = |abi: &Option<String>| abi.clone().unwrap_or_else(|| "Rust".to_owned());
        findings.say(K::ItemAbiChanged, "", shown(abi), shown(&new.abi));
    }
    flag(findings, (*must_use, new.must_use), K::ItemMustUseAdded, K::ItemMustUseRemoved);
    for fresh in new.target_features.difference(target_features) {
        findings.say(K::ItemTargetFeatureAdded, "", "", fresh.as_str());
    }
    for gone in target_features.difference(&new.target_features) {
        findings.say(K::ItemTargetFeatureRemoved, "", gone.as_str(), "");
    }
    if let Some(was) = export.as_ref().filter(|_| *export != new.export) {
        let is = new.export.as_deref().unwrap_or("nothing that a linker can name");
        findings.say(K::ItemExportChanged, "", was.as_str(), is);
    }
    let same_types = receiver.as_deref().map(erased) == new.receiver.as_deref().map(erased)
        && params.iter().map(|p| without_names(p)).eq(new.params.iter().map(|p| without_names(p)))
        && without_names(ret) == without_names(&new.ret);
    if same_types {
        let longer = |name: &String| captures.iter().any(|short| lifetimes::outlives(new, name, short));
        let fewer = new.captures.difference(captures).all(longer);
        let held = match (fewer, *captures == new.captures) {
            (_, true) => Lifetimes::Same,
            (true, false) => Lifetimes::Relaxed,
            (false, false) => Lifetimes::Changed,
        };
        match lifetimes::compare(old, new, findings.implied).max(held) {
            Lifetimes::Same => {}
            Lifetimes::Relaxed => findings.say(K::ItemLifetimeRelaxed, "", names.0, names.1),
            Lifetimes::Changed => findings.say(K::ItemLifetimeChanged, "", names.0, names.1),
        }
    }
}

/// The new function as those see it that hand in what the old one asked for: of a future, `F0::IntoFuture` is itself.
fn as_itself(old: &Function, new: &Function) -> Option<Function> {
    const ITSELF: [(&str, &str); 2] = [("std::future::Future", "IntoFuture"), ("std::iter::Iterator", "IntoIter")];
    let mut out: Option<Function> = None;
    for bound in &old.generics.bounds {
        let Some((of, path)) = bound.split_once(": ") else { continue };
        let base = path.split('<').next().unwrap_or_default();
        let Some((_, name)) = ITSELF.iter().find(|(of, _)| *of == base) else { continue };
        let projected = format!("{of}::{name}");
        let new = out.get_or_insert_with(|| new.clone());
        let rewrite = |text: &mut String| {
            if text.contains(&projected) {
                *text = text.replace(&projected, of);
            }
        };
        new.receiver.iter_mut().chain(&mut new.params).chain([&mut new.ret]).for_each(rewrite);
        new.generics.bounds = std::mem::take(&mut new.generics.bounds)
            .into_iter()
            .map(|mut text| {
                rewrite(&mut text);
                text
            })
            .collect();
    }
    out.filter(|out| out != new)
}

/// The old function with the new arguments of its type, where that has more or fewer parameters now, which the type
/// says, or where the method is there for more arguments than it was.
fn aligned(old: &Function, new: &Function, owner: &str) -> Option<Function> {
    let (was, is) = (arguments(old.receiver.as_deref()?, owner)?, arguments(new.receiver.as_deref()?, owner)?);
    let same_count = list(was).len() == list(is).len();
    if same_count && (erased(was) == erased(is) || !is_wider(was, is)) {
        return None;
    }
    let written = |list: &str| if list.is_empty() { owner.to_owned() } else { format!("{owner}<{list}>") };
    let (from, to) = (written(was), written(is));
    let mut out = old.clone();
    for text in out.receiver.iter_mut().chain(&mut out.params).chain([&mut out.ret]) {
        // Of a type without parameters, longer paths begin alike.
        if !was.is_empty() || *text == from || text.ends_with(&format!(" {from}")) {
            *text = text.replace(&from, &to);
        }
    }
    Some(out)
}

/// The new method for the arguments of the type that the old one was of, where it is there for more of them: what it asks
/// of a parameter that was one type is met by that.
fn specialised(old: &Function, new: &Function, owner: &str) -> Option<Function> {
    let (was, is) = (arguments(old.receiver.as_deref()?, owner)?, arguments(new.receiver.as_deref()?, owner)?);
    let (was, is) = (list(was), list(is));
    if was.len() != is.len() {
        return None;
    }
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for (was, is) in was.iter().zip(&is).filter(|(was, is)| was != is && !was.starts_with('\'')) {
        let parameter = is.strip_prefix('T').is_some_and(|digits| digits.parse::<usize>().is_ok());
        if !parameter || named.insert(is, was).is_some_and(|other| other != *was) {
            return None;
        }
    }
    let is_parameter = |text: &str| text.strip_prefix('T').is_some_and(|digits| digits.parse::<usize>().is_ok());
    if named.values().all(|was| is_parameter(was)) {
        return None;
    }
    // Parameters that stay have numbers of their own.
    for (was, is) in was.iter().zip(&is).filter(|(was, is)| was == is && is_parameter(was)) {
        named.insert(is, was);
    }
    let mut out = new.clone();
    for text in out.receiver.iter_mut().chain(&mut out.params).chain([&mut out.ret]) {
        *text = with_names(text, &named);
    }
    let concrete = |bound: &&String| {
        let subject = bound.split_once(": ").map_or("", |(subject, _)| subject);
        named.get(subject).is_none_or(|was| is_parameter(was))
    };
    out.generics.bounds = new.generics.bounds.iter().filter(concrete).map(|bound| with_names(bound, &named)).collect();
    Some(out)
}

/// The text with other words in the place of these.
fn with_names(text: &str, named: &BTreeMap<&str, &str>) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_')) {
        let word = part.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        out.push_str(named.get(word).unwrap_or(&word));
        out.push_str(part.get(word.len()..).unwrap_or_default());
    }
    out
}

/// Are the arguments others only where each is a parameter of its own now?
fn is_wider(was: &str, is: &str) -> bool {
    let (was, is) = (list(was), list(is));
    let parameter = |text: &str| text.strip_prefix('T').is_some_and(|digits| digits.parse::<usize>().is_ok());
    was.iter().zip(&is).all(|(a, b)| {
        erased(a) == erased(b) || parameter(b) && !parameter(a) && is.iter().filter(|other| *other == b).count() == 1
    })
}

/// What stands in `<…>` behind the path of a type; empty where it has none.
fn arguments<'t>(text: &'t str, owner: &str) -> Option<&'t str> {
    let rest = text.split_once(owner)?.1;
    if rest.starts_with('<') { enclosed(rest).map(|(inner, _)| inner) } else { Some("") }
}

/// Says that something came or went.
pub(super) fn flag(findings: &mut Findings<'_>, (was, is): (bool, bool), on: K, off: K) {
    match (was, is) {
        (false, true) => findings.say(on, "", "", ""),
        (true, false) => findings.say(off, "", "", ""),
        _ => {}
    }
}

fn receivers(findings: &mut Findings<'_>, was: Option<&str>, is: Option<&str>) {
    if was.map(erased) == is.map(erased) {
        return;
    }
    let shared = |text: &str| erased(text).replacen("mut ", "", 1);
    let relaxed = matches!((was, is), (Some(a), Some(b)) if a.contains(" mut ") && shared(a) == erased(b));
    let kind = if relaxed { K::ItemReceiverRelaxed } else { K::ItemReceiverChanged };
    findings.say(kind, "", was.unwrap_or("no `self`"), is.unwrap_or("no `self`"));
}

/// The bounds of two `impl Trait` that are taken the same way, as both `&mut impl Trait`.
fn opaque_bounds(was: &str, is: &str) -> Option<(BTreeSet<String>, BTreeSet<String>)> {
    let ((before, was), (after, is)) = (was.split_once("impl ")?, is.split_once("impl ")?);
    let plain = erased(before) == erased(after) && !before.contains(['<', '(', '[']);
    let bounds = |text: &str| sum(text).into_iter().map(str::to_owned).collect();
    plain.then(|| (bounds(was), bounds(is)))
}

/// Is `ty` a generic parameter of these bounds, written as `impl Trait` on the other side?
fn named(opaque: &str, ty: &str, generics: &GenericsForm) -> bool {
    let Some(opaque) = opaque.strip_prefix("impl ").filter(|_| ty.starts_with('F')) else { return false };
    let prefix = format!("{ty}: ");
    let of: BTreeSet<&str> = generics.bounds.iter().filter_map(|bound| bound.strip_prefix(&prefix)).collect();
    !of.is_empty() && of == opaque.split(" + ").collect()
}

/// What a returned type is to those that knew the old one.
enum Returned {
    Same,
    /// An `impl Trait` with more bounds.
    Refined,
    /// A type in the place of an `impl Trait`, of which it is not known whether it implements that.
    Unknown,
    Other,
}

fn returned(was: &str, is: &str) -> Returned {
    let bounds = |text: &str| -> Option<BTreeSet<String>> {
        let all: BTreeSet<String> = sum(text.strip_prefix("impl ")?).into_iter().map(erased).collect();
        Some(implied::with_standard(&all))
    };
    match (bounds(was), bounds(is)) {
        (Some(a), Some(b)) if a == b => Returned::Same,
        (Some(a), Some(b)) if a.is_subset(&b) => Returned::Refined,
        (Some(_), None) if is.contains("::") && !is.starts_with(['(', '[', '&']) && !is.contains("impl ") => {
            Returned::Unknown
        }
        _ => Returned::Other,
    }
}
