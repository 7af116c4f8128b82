//! Two types of which it is not known whether they are one.

use super::lifetimes::erased;
use super::split::{enclosed, list, sum};

/// Do the types differ only where one says something that this package's source does not tell: what an implementation
/// makes of an associated type, a name that leads nowhere, a path into another crate of the same family?
pub(super) fn not_known(was: &str, is: &str, krate: &str) -> bool {
    let (was, is) = (erased(was), erased(is));
    was != is && may_be_one(&was, &is, krate)
}

fn may_be_one(was: &str, is: &str, krate: &str) -> bool {
    // Which types have a trait that nobody can name is not listed of those of the package.
    let is_unnameable = |text: &str| text.starts_with("impl ~::");
    if was == is || [was, is].into_iter().any(|text| is_projection(text) || is_call(text) || is_unnameable(text)) {
        return true;
    }
    if is_number(was) && is_foreign_alias(is, krate) || is_number(is) && is_foreign_alias(was, krate) {
        return true;
    }
    let ((outer, parts), (new_outer, new_parts)) = (taken_apart(was), taken_apart(is));
    // Nothing is known of a name that leads nowhere.
    if outer != new_outer && (is_bare(&outer) || is_bare(&new_outer)) {
        return true;
    }
    // Two types that nobody can name: what they can do is seen of each, and not whether they can do the same.
    if outer != new_outer && outer.starts_with("~::") && new_outer.starts_with("~::") {
        return true;
    }
    // Of a type that nobody can name, what only its own code fills in.
    if outer == new_outer && outer.starts_with("~::") {
        let inner = |part: &str| part.starts_with("~::") || part.contains("::") && !part.contains('<');
        return parts.iter().zip(&new_parts).all(|(a, b)| may_be_one(a, b, krate) || inner(a) || inner(b));
    }
    let outer = outer == new_outer || one_name(&outer, &new_outer, krate);
    outer && parts.len() == new_parts.len() && parts.iter().zip(new_parts).all(|(a, b)| may_be_one(a, b, krate))
}

/// A macro in the place of a type, which is not read there.
fn is_call(text: &str) -> bool {
    text.split_once('!').is_some_and(|(name, rest)| is_path(name) && rest.trim_start().starts_with(['(', '[', '{']))
}

/// `<Type as Trait>::Name` and nothing behind it.
fn is_projection(text: &str) -> bool {
    let Some((inner, behind)) = enclosed(text) else { return false };
    let name = behind.strip_prefix("::").unwrap_or_default();
    inner.contains(" as ") && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A name of a type alone, which is neither a parameter nor one of the language: its import is not read.
fn is_bare(text: &str) -> bool {
    let parameter =
        text.strip_prefix(['T', 'F']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    text != "Self"
        && !parameter
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// `libc::uid_t`: a name of C in another crate, which calls some number that.
fn is_foreign_alias(text: &str, krate: &str) -> bool {
    let last = text.rsplit("::").next().unwrap_or_default();
    is_path(text)
        && root(text).is_some_and(|root| !["std", "~", krate].contains(&root))
        && last.starts_with(|c: char| c.is_ascii_lowercase())
}

fn is_number(text: &str) -> bool {
    matches!(text, "usize" | "isize" | "f32" | "f64")
        || text.strip_prefix(['u', 'i']).is_some_and(|bits| bits.parse::<u8>().is_ok())
}

/// What stands around the parts of a type, and the parts.
fn taken_apart(text: &str) -> (String, Vec<&str>) {
    for prefix in ["&'_ mut ", "&'_ ", "&'static mut ", "&'static ", "*const ", "*mut "] {
        if let Some(inner) = text.strip_prefix(prefix) {
            return (prefix.to_owned(), vec![inner]);
        }
    }
    for prefix in ["impl ", "dyn "] {
        if let Some(inner) = text.strip_prefix(prefix) {
            return (prefix.to_owned(), sum(inner));
        }
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close)) {
            return (open.to_string(), list(inner));
        }
    }
    if let Some((name, value)) = text.split_once(" = ").filter(|(name, _)| name.chars().all(char::is_alphanumeric)) {
        return (format!("{name} = "), vec![value]);
    }
    match text.find('<').map(|at| text.split_at(at)) {
        Some((head, rest)) if !head.is_empty() => match enclosed(rest) {
            Some((inner, "")) => (head.to_owned(), list(inner)),
            _ => (text.to_owned(), Vec::new()),
        },
        _ => (text.to_owned(), Vec::new()),
    }
}

/// May two paths be those of one type? One leads nowhere, or both end alike in crates that come from one hand.
fn one_name(was: &str, is: &str, krate: &str) -> bool {
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    if !is_path(was) || !is_path(is) || last(was) != last(is) {
        return false;
    }
    let behind = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|before| before.ends_with("::"));
    if root(was) != Some(krate)
        && root(is) != Some(krate)
        && is.contains("::")
        && was.contains("::")
        && (behind(was, is) || behind(is, was))
    {
        return true;
    }
    match (root(was), root(is)) {
        (Some(a), Some(b)) => a != krate && b != krate && a != "std" && b != "std" && family(a) == family(b),
        // A bare name with nothing known behind it.
        (None, Some(root)) | (Some(root), None) => root != "std",
        (None, None) => false,
    }
}

fn is_path(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '~'))
}

fn root(path: &str) -> Option<&str> {
    path.split_once("::").map(|(root, _)| root)
}

/// `futures` of `futures_core` and of `futures_util`.
fn family(root: &str) -> &str {
    root.split('_').next().unwrap_or(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_one() {
        for (was, is, expected) in [
            ("<dep::Y as dep::Seed>::S", "[u8; 32]", true),
            ("std::vec::Vec<<dep::Y as dep::Seed>::S>", "std::vec::Vec<u8>", true),
            ("rustls_pki_types::ServerName<'0>", "rustls::pki_types::ServerName<'1>", true),
            ("&'0 libc::timespec", "&'0 timespec", true),
            ("parking_lot::Mutex<u8>", "tokio::sync::Mutex<u8>", false),
            ("tokio::fs::File", "std::fs::File", false),
            ("tokio_rustls::rustls::crypto::X", "rustls::crypto::X", true),
            ("std::option::Option<a::X>", "std::option::Option<a::Y>", false),
            ("own::a::X", "own::b::X", false),
            ("X", "~::X", true),
            ("std::option::Option<libc::pid_t>", "std::option::Option<i32>", true),
            ("~::Grouped<ConcatBinary<Self, u8>>", "~::Grouped<own::Concat<Self>>", true),
            ("libc::Passwd", "u32", false),
            ("own::uid_t", "u32", false),
            ("&'0 call!()", "&'0 u8", true),
            ("~::By<Self, F0, Self::Item>", "~::By<Self, F0, ~::Count>", true),
            ("~::By<Self>", "~::By<Self, F0::Inner>", true),
            ("~::By<u8>", "~::By<u16>", false),
            ("~::By<u8>", "~::Over<u8>", true),
            ("own::By<Self::Item>", "own::By<~::Count>", false),
            ("u8", "u16", false),
            ("F0", "F1", false),
            ("F0::Item", "u8", false),
        ] {
            assert_eq!(not_known(was, is, "own"), expected, "{was} → {is}");
        }
    }
}
