//! An impl that is gone, and one that says the same of more types.

use super::defaults::Defaults;
use super::moved::Moved;
use crate::model::{Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind};
use std::collections::BTreeMap;

/// How many steps one comparison of keys may take.
const MAX_STEPS: u32 = 10_000;

/// Does another impl of the set hold for what this one held for? Bounds aside; one for every type whatsoever is not
/// taken for it, as those say more with their bounds than with their head.
///
/// One that stood beside it on the old side, as it stands now, is for other types.
pub(in crate::diff) fn covered(endpoint: &Endpoint, (old, new): (&EndpointSet, &EndpointSet), moved: &Moved) -> bool {
    let Some(key) = item_key(endpoint).map(|key| moved.key(key)) else { return false };
    let Some(head) = key.strip_prefix("impl ") else { return false };
    let Some((of, own)) = head.split_once(" for ") else { return false };
    let standard = Defaults::standard();
    let all = |of: &str, own: &str| tokens(&standard.written_out(&format!("{} for {own}", whole(of, own))));
    let mut wanted = vec![all(of, own)];
    if let Some(target) = of.strip_prefix("std::convert::Into<").and_then(|t| t.strip_suffix('>')) {
        wanted.push(tokens(&format!("std::convert::From<{own}> for {target}")));
    }
    let base = |of: &str| of.split('<').next().unwrap_or_default().to_owned();
    let bases = [base(of), "std::convert::From".to_owned()];
    new.endpoints.iter().any(|candidate| {
        let parts = head_of(candidate).and_then(|other| other.split_once(" for "));
        let Some((of, own)) = parts.filter(|(of, own)| bases.contains(&base(of)) && !is_parameter(own)) else {
            return false;
        };
        let pattern = all(of, own);
        let stood = |e: &Endpoint| {
            e.key == candidate.key && e.content == candidate.content && e.condition == candidate.condition
        };
        let holds = |wanted: &Vec<String>| {
            let mut bound = BTreeMap::new();
            fits(&pattern, wanted, &mut bound, &mut MAX_STEPS.clone()) && !lacks_a_bound(candidate, &bound, new)
        };
        wanted.iter().any(holds) && !old.endpoints.iter().any(stood)
    })
}

/// Does the impl ask, of what stands in place of a parameter, for a trait of this package of which all impls are seen,
/// and none is for that?
fn lacks_a_bound(candidate: &Endpoint, bound: &BTreeMap<String, &[String]>, set: &EndpointSet) -> bool {
    let EndpointContent::Item(signature) = &candidate.content else { return false };
    let Form::Impl(form) = &signature.form else { return false };
    let Some(krate) = signature.owner.as_deref().and_then(|path| path.split("::").next()) else { return false };
    form.bounds.iter().filter_map(|bound| bound.split_once(": ")).any(|(parameter, of)| {
        let Some(value) = bound.get(parameter).filter(|value| !value.iter().any(|token| is_parameter(token))) else {
            return false;
        };
        let base = |of: &str| of.split('<').next().unwrap_or_default().to_owned();
        if of.split("::").next() != Some(krate) || of.contains(" = ") {
            return false;
        }
        let head = format!("{of} for {}", spaced(value));
        let mut impls = set.endpoints.iter().filter_map(head_of).filter_map(|head| head.split_once(" for "));
        // One for all types of some bounds may be for this one.
        !impls.any(|(theirs, own)| {
            base(theirs) == base(of)
                && (tokens(own).iter().any(|token| is_parameter(token)) || format!("{theirs} for {own}") == head)
        })
    })
}

/// The impl of the same trait that came for all types of some bounds, where these may be met by the type whose impl is
/// gone.
pub(in crate::diff) fn blanket<'n>(
    endpoint: &Endpoint,
    (old, new): (&EndpointSet, &'n EndpointSet),
    moved: &Moved,
) -> Option<&'n str> {
    let key = item_key(endpoint).map(|key| moved.key(key))?;
    let (of, own) = key.strip_prefix("impl ")?.split_once(" for ")?;
    let wanted = tokens(&format!("{of} for {own}"));
    let stands = |set: &EndpointSet, head: &str| set.endpoints.iter().filter_map(head_of).any(|other| other == head);
    let mut found = new.endpoints.iter().filter_map(|endpoint| {
        let head = head_of(endpoint)?;
        let (theirs, parameter) = head.split_once(" for ")?;
        let EndpointContent::Item(signature) = &endpoint.content else { return None };
        let Form::Impl(form) = &signature.form else { return None };
        let fit = is_parameter(parameter)
            && fits(
                &tokens(&format!("{theirs} for {parameter}")),
                &wanted,
                &mut BTreeMap::new(),
                &mut MAX_STEPS.clone(),
            );
        // A trait of this package, which the type must have by an impl that can be seen.
        let krate = signature.owner.as_deref().and_then(|path| path.split("::").next());
        let own_bounds = form.bounds.iter().filter_map(|bound| bound.strip_prefix(&format!("{parameter}: ")));
        // Of a type of this package all its impls can be seen, save those of markers.
        let at_home = krate.is_some() && own.split("::").next() == krate;
        let seen = |path: &&str| krate.is_some() && path.split("::").next() == krate || at_home && !is_marker(path);
        let mut own_bounds = own_bounds.filter(seen);
        let met = own_bounds.all(|path| stands(new, &format!("{path} for {own}")));
        (fit && met && !stands(old, head)).then_some(head)
    });
    found.next()
}

/// Does the other side implement the same trait for the same type under more or fewer generic parameters? That these
/// are others is said of the type.
pub(in crate::diff) fn has_other_parameters(endpoint: &Endpoint, other: &EndpointSet) -> bool {
    let Some((of, own)) = head_of(endpoint).and_then(|head| head.split_once(" for ")) else { return false };
    let (base, list) = parameters(own);
    let Some(count) = list else { return false };
    other.endpoints.iter().filter_map(head_of).filter_map(|head| head.split_once(" for ")).any(|(theirs, own)| {
        let (same, list) = parameters(own);
        theirs == of && same == base && list.is_some_and(|other| other != count)
    })
}

/// A type without its parameters, and how many it has; no number where one of them is something else.
fn parameters(own: &str) -> (&str, Option<usize>) {
    let Some((base, list)) = own.split_once('<').and_then(|(base, list)| Some((base, list.strip_suffix('>')?))) else {
        return (own, Some(0));
    };
    let mut parts = list.split(", ");
    (base, parts.all(is_parameter).then(|| list.split(", ").count()))
}

fn is_marker(path: &str) -> bool {
    path.starts_with(['?', '\'']) || path.starts_with("std::marker::") || path.starts_with("std::panic::")
}

fn item_key(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.key {
        EndpointKey::Named { kind: Kind::Item, path } => Some(path),
        _ => None,
    }
}

/// `Trait for Type` of an impl.
fn head_of(endpoint: &Endpoint) -> Option<&str> {
    item_key(endpoint)?.strip_prefix("impl ")
}

/// A trait of the standard library whose argument is `Self` by default, with it.
fn whole(of: &str, own: &str) -> String {
    let defaulted = of.starts_with("std::cmp::Partial") || of.starts_with("std::ops::");
    if defaulted && !of.contains('<') { format!("{of}<{own}>") } else { of.to_owned() }
}

fn is_parameter(token: &str) -> bool {
    token.strip_prefix('T').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Words with their `::`, and every other character by itself.
fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = false;
    for c in text.chars() {
        let part = c.is_alphanumeric() || c == '_' || c == ':';
        match out.last_mut() {
            Some(last) if part && word => last.push(c),
            _ if c == ' ' => {}
            _ => out.push(c.to_string()),
        }
        word = part;
    }
    out
}

/// Tokens as a type is written.
fn spaced(tokens: &[String]) -> String {
    let mut out = String::new();
    for token in tokens {
        out.push_str(token);
        if token == "," {
            out.push(' ');
        }
    }
    out
}

/// What stands in place of each parameter, by its number, where the text is the pattern with something in their places.
pub(super) fn arguments(pattern: &str, text: &str) -> Option<BTreeMap<usize, String>> {
    let (pattern, text) = (tokens(pattern), tokens(text));
    let mut bound = BTreeMap::new();
    fits(&pattern, &text, &mut bound, &mut MAX_STEPS.clone()).then_some(())?;
    let numbered =
        bound.into_iter().filter_map(|(name, value)| Some((name.strip_prefix('T')?.parse().ok()?, spaced(value))));
    Some(numbered.collect())
}

/// Is the text the pattern with something in place of each parameter?
fn fits<'t>(
    pattern: &[String],
    text: &'t [String],
    bound: &mut BTreeMap<String, &'t [String]>,
    steps: &mut u32,
) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return false;
    }
    if !is_parameter(first) {
        return text.split_first().is_some_and(|(head, tail)| head == first && fits(rest, tail, bound, steps));
    }
    if let Some(value) = bound.get(first).copied() {
        return text.strip_prefix(value).is_some_and(|tail| fits(rest, tail, bound, steps));
    }
    let mut depth = 0_i32;
    for (index, token) in text.iter().enumerate() {
        match token.as_str() {
            "<" | "(" | "[" => depth += 1,
            ">" | ")" | "]" => depth -= 1,
            "," if depth == 0 => return false,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
        let (value, tail) = text.split_at(index + 1);
        if depth == 0 {
            bound.insert(first.clone(), value);
            if fits(rest, tail, bound, steps) {
                return true;
            }
            bound.remove(first);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_types() {
        for (own, expected) in [
            ("a::X", ("a::X", Some(0))),
            ("a::X<T0, T1>", ("a::X", Some(2))),
            ("a::X<T0, u8>", ("a::X", None)),
            ("a::X<Vec<T0>>", ("a::X", None)),
        ] {
            assert_eq!(parameters(own), expected, "{own}");
        }
    }

    #[test]
    fn wider_impls_cover_narrower_ones() {
        for (pattern, text, expected) in [
            ("std::cmp::PartialEq<X<T2, T3>> for X<T0, T1>", "std::cmp::PartialEq<X<T0, T1>> for X<T0, T1>", true),
            ("From<T0> for X", "From<u8> for X", true),
            ("From<&T0> for X", "From<u8> for X", false),
            ("From<T0> for X<T0>", "From<u8> for X<u16>", false),
            ("From<T0> for X<T0>", "From<Vec<u8>> for X<Vec<u8>>", true),
            ("A<T0> for X", "A<u8, u16> for X", false),
        ] {
            let got = fits(&tokens(pattern), &tokens(text), &mut BTreeMap::new(), &mut MAX_STEPS.clone());
            assert_eq!(got, expected, "{pattern} over {text}");
        }
    }
}
