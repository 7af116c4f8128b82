//! Lifetimes of a function by their places: which borrows it ties together.

use super::implied::Implied;
use super::split::{enclosed, list};
use crate::model::Function;

/// What a difference of lifetimes means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lifetimes {
    /// The same ties.
    Same,
    /// Fewer ties between what is taken, or more sources for what is returned.
    Relaxed,
    /// Anything else.
    Changed,
}

/// A text with its numbered lifetimes all alike.
pub(in crate::diff) fn erased(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '\'' && chars.peek().is_some_and(|c| c.is_ascii_digit()) {
            while chars.next_if(char::is_ascii_digit).is_some() {}
            out.push('_');
        }
    }
    out
}

/// The same with `'static` alike too: which lifetimes are which is told apart by their places.
pub(super) fn without_names(text: &str) -> String {
    erased(text).replace("'static", "'_")
}

/// The lifetimes of a text, in order, save those of a `for<…>`.
fn names(text: &str) -> Vec<&str> {
    names_and_bound(text).into_iter().filter(|name| !name.starts_with("'b")).collect()
}

/// The lifetimes of a text, in order.
fn names_and_bound(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\'') {
        let from = rest.get(at..).unwrap_or_default();
        let length =
            from.char_indices().skip(1).find(|(_, c)| !c.is_alphanumeric() && *c != '_').map_or(from.len(), |(i, _)| i);
        let (name, after) = from.split_at(length.max(1));
        out.push(name);
        rest = after;
    }
    out
}

/// Compares functions that are the same but for lifetimes.
pub(super) fn compare(old: &Function, new: &Function, implied: &Implied) -> Lifetimes {
    let inputs = |f: &Function| -> Vec<String> {
        f.receiver.iter().chain(&f.params).flat_map(|t| names(t)).map(str::to_owned).collect()
    };
    let (was, is) = (inputs(old), inputs(new));
    let (ret_was, ret_is) = (names(&old.ret), names(&new.ret));
    if was.len() != is.len() || ret_was.len() != ret_is.len() {
        return Lifetimes::Changed;
    }
    let ties = |list: &[String], name: &str| -> Vec<usize> {
        (0..list.len()).filter(|i| list.get(*i).is_some_and(|n| n == name)).collect()
    };
    let mut relaxed = false;
    for (a, b) in was.iter().zip(&is) {
        let (before, after) = (ties(&was, a), ties(&is, b));
        match (a == "'static", b == "'static") {
            (false, true) => return Lifetimes::Changed,
            (true, false) => relaxed = true,
            (true, true) => {}
            (false, false) if after.iter().any(|i| !before.contains(i)) => return Lifetimes::Changed,
            (false, false) => relaxed |= before != after,
        }
    }
    for (a, b) in ret_was.iter().zip(&ret_is) {
        match (*a == "'static", *b == "'static") {
            (true, false) => return Lifetimes::Changed,
            (false, true) => relaxed = true,
            (true, true) => {}
            (false, false) => {
                let (before, after) = (ties(&was, a), ties(&is, b));
                let longer = before.iter().filter_map(|i| is.get(*i)).any(|short| outlives(new, b, short));
                let other = after.iter().any(|i| !before.contains(i)) || after.is_empty() != before.is_empty();
                if other && !(longer && !after.is_empty() && is_covariant(&new.ret, b, implied)) {
                    return Lifetimes::Changed;
                }
                relaxed |= before != after;
            }
        }
    }
    if relaxed { Lifetimes::Relaxed } else { Lifetimes::Same }
}

/// Does the one lifetime live as long as the other, because something that is borrowed for the other holds it?
pub(super) fn outlives(function: &Function, long: &str, short: &str) -> bool {
    let borrowed = format!("&{short} ");
    let mut taken = function.receiver.iter().chain(&function.params);
    taken.any(|text| text.strip_prefix(&borrowed).is_some_and(|inner| names(inner).contains(&long)))
}

/// Is the new function pointer asked for fewer lifetimes than the old one, which had to take any? `fn(&'x u8)` takes every
/// `for<'b> fn(&'b u8)`.
pub(super) fn asks_for_fewer(was: &str, is: &str) -> bool {
    let pointer = |text: &str| text.starts_with("fn(") && !text.contains(" -> &");
    let skeleton =
        |text: &str| names_and_bound(text).iter().fold(text.to_owned(), |text, name| text.replace(name, "'_"));
    let fewer = |(a, b): (&&str, &&str)| a == b || a.starts_with("'b") && !b.starts_with("'b");
    pointer(was)
        && pointer(is)
        && skeleton(was) == skeleton(is)
        && names_and_bound(was).iter().zip(&names_and_bound(is)).all(fewer)
}

/// Types of the standard library that are no narrower for a longer lifetime in them.
const COVARIANT: [&str; 6] = [
    "std::option::Option<",
    "std::result::Result<",
    "std::vec::Vec<",
    "std::boxed::Box<",
    "std::borrow::Cow<",
    "std::task::Poll<",
];

/// Does the lifetime stand only where a longer one is as good: of references, of `impl Trait`, and of these in types that
/// are known to be no narrower for it?
fn is_covariant(text: &str, name: &str, implied: &Implied) -> bool {
    if !names(text).contains(&name) || text == name {
        return true;
    }
    if text.contains("mut ") || text.contains("fn(") || text.contains("dyn ") {
        return false;
    }
    let Some(at) = text.find('<') else { return true };
    let (before, rest) = text.split_at(at);
    let Some((inner, behind)) = enclosed(rest) else { return false };
    let head = before.rfind([' ', '(', '[', ',']).map_or(before, |at| before.get(at + 1..).unwrap_or_default());
    let variances = implied.variances(head);
    let standard = COVARIANT.iter().any(|known| known.strip_suffix('<') == Some(head));
    let good = |(n, part): (usize, &&str)| {
        let covariant =
            standard || variances.and_then(|all| all.get(n)).is_some_and(|variance| variance == "covariant");
        !names(part).contains(&name) || covariant && is_covariant(part, name, implied)
    };
    list(inner).iter().enumerate().all(good) && is_covariant(behind, name, implied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_longer_is_as_good() {
        for (text, expected) in [
            ("&'1 [u8]", true),
            ("std::option::Option<&'1 str>", true),
            ("impl std::fmt::Display + '1", true),
            ("a::Iter<'1>", false),
            ("&'0 mut &'1 u8", false),
            ("std::cell::Cell<&'1 u8>", false),
        ] {
            assert_eq!(is_covariant(text, "'1", &Implied::default()), expected, "{text}");
        }
    }
}
