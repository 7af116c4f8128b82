//! Parameters that take by a conversion what they took.

use super::implied::Implied;
use super::lifetimes::erased;
use super::split::{list, sum};
use crate::model::Function;
use std::collections::BTreeSet;

/// What the standard library converts into what: the type, the trait, and its arguments.
const CONVERSIONS: &[(&str, &str, &[&str])] = &[
    ("&'_ str", "AsRef", &["str", "[u8]", "std::ffi::OsStr", "std::path::Path"]),
    ("std::string::String", "AsRef", &["str", "[u8]", "std::ffi::OsStr", "std::path::Path"]),
    ("&'_ std::path::Path", "AsRef", &["std::path::Path", "std::ffi::OsStr"]),
    ("std::path::PathBuf", "AsRef", &["std::path::Path", "std::ffi::OsStr"]),
    ("&'_ std::ffi::OsStr", "AsRef", &["std::path::Path", "std::ffi::OsStr"]),
    ("std::ffi::OsString", "AsRef", &["std::path::Path", "std::ffi::OsStr"]),
    (
        "&'_ str",
        "Into",
        &[
            "std::string::String",
            "std::borrow::Cow<'_, str>",
            "std::boxed::Box<str>",
            "std::rc::Rc<str>",
            "std::sync::Arc<str>",
            "std::path::PathBuf",
            "std::ffi::OsString",
            "std::vec::Vec<u8>",
        ],
    ),
    (
        "std::string::String",
        "Into",
        &[
            "std::borrow::Cow<'_, str>",
            "std::boxed::Box<str>",
            "std::rc::Rc<str>",
            "std::sync::Arc<str>",
            "std::path::PathBuf",
            "std::ffi::OsString",
            "std::vec::Vec<u8>",
        ],
    ),
    ("&'_ str", "ToString", &[""]),
    ("std::string::String", "ToString", &[""]),
];

/// What the standard library makes of any sized type.
const WRAPPERS: [&str; 9] = [
    "std::boxed::Box",
    "std::cell::Cell",
    "std::cell::OnceCell",
    "std::cell::RefCell",
    "std::option::Option",
    "std::rc::Rc",
    "std::sync::Arc",
    "std::sync::Mutex",
    "std::sync::RwLock",
];

/// Does the new parameter take whatever the old one took, by a conversion? Then the generic parameter that says so, or
/// nothing where it is an `impl Trait`.
pub(super) fn by_conversion(was: &str, is: &str, new: &Function, implied: &Implied) -> Option<String> {
    let was = erased(was);
    let (was, is) = inside(&was, is);
    let (bounds, parameter) = match is.strip_prefix("impl ") {
        Some(bounds) => (sum(bounds).into_iter().map(erased).collect::<Vec<_>>(), String::new()),
        None => {
            let prefix = format!("{is}: ");
            let own = new.generics.bounds.iter().filter_map(|bound| bound.strip_prefix(&prefix));
            (own.map(erased).collect(), is.to_owned())
        }
    };
    // Or by a trait of this package that the old type has.
    let plain = was.replace("<'_>", "").replace("'_, ", "");
    let none = BTreeSet::new();
    let has = |bound: &str| converts(was, bound) || implied.is_met(&format!("{plain}: {bound}"), &none);
    let any = bounds.iter().any(|bound| has(bound));
    let all = bounds.iter().all(|bound| has(bound) || is_harmless(was, bound));
    (any && all && is_only_subject(is, new)).then_some(parameter)
}

/// Traits of the standard library that a reference to a type has where the type has them.
const OF_REFERENCES: [&str; 16] = [
    "std::clone::Clone",
    "std::cmp::Eq",
    "std::cmp::Ord",
    "std::convert::AsRef",
    "std::fmt::Binary",
    "std::fmt::Debug",
    "std::fmt::Display",
    "std::fmt::LowerExp",
    "std::fmt::LowerHex",
    "std::fmt::Octal",
    "std::fmt::UpperExp",
    "std::fmt::UpperHex",
    "std::hash::Hash",
    "std::marker::Sized",
    "std::ops::Fn",
    "std::string::ToString",
];

/// Does a parameter that was `&T` take any `T` now, and so the reference too? `Some(false)` where that hangs on a trait
/// of another package.
pub(super) fn by_reference(was: &str, is: &str, new: &Function, implied: &Implied) -> Option<bool> {
    let was = erased(was);
    was.strip_prefix("&'_ ").filter(|inner| *inner == is && is.starts_with('F'))?;
    let bounds: BTreeSet<String> = new.generics.bounds.iter().map(|bound| erased(bound)).collect();
    let prefix = format!("{is}: ");
    let mut known = true;
    for of in bounds.iter().filter_map(|bound| bound.strip_prefix(&prefix)) {
        let base = of.split(['<', '(']).next().unwrap_or_default();
        let root = base.split("::").next().unwrap_or_default();
        match () {
            () if of.starts_with(['?', '\'']) || OF_REFERENCES.contains(&base) => {}
            () if implied.is_met(&format!("&{is}: {of}"), &bounds) => {}
            () if ["std", "~", implied.krate()].contains(&root) => return None,
            () => known = false,
        }
    }
    is_only_subject(is, new).then_some(known)
}

/// What stands in the same slices and references of both.
fn inside<'t>(mut was: &'t str, mut is: &'t str) -> (&'t str, &'t str) {
    while !is.starts_with("impl ") && is.contains("impl ") {
        let reference = |text: &'t str| {
            let (lifetime, inner) = text.strip_prefix('&')?.split_once(' ')?;
            Some((inner.starts_with("mut "), lifetime == "'static", inner.trim_start_matches("mut ")))
        };
        let slice = |text: &'t str| text.strip_prefix('[')?.strip_suffix(']').filter(|inner| !inner.contains("; "));
        let inner = match (reference(was), reference(is)) {
            (Some((a, s, was)), Some((b, t, is))) if (a, s) == (b, t) => Some((was, is)),
            _ => slice(was).zip(slice(is)),
        };
        let Some(inner) = inner else { break };
        (was, is) = inner;
    }
    (was, is)
}

/// Is nothing else asked of the parameter, such as of `F0::Item`?
fn is_only_subject(parameter: &str, new: &Function) -> bool {
    !new.generics.bounds.iter().any(|bound| bound.starts_with(&format!("{parameter}::")))
}

fn converts(was: &str, bound: &str) -> bool {
    let (path, argument) = match bound.split_once('<') {
        Some((path, argument)) => (path, argument.strip_suffix('>').unwrap_or(argument)),
        None => (bound, ""),
    };
    let name = match path {
        "std::convert::AsRef" => "AsRef",
        "std::convert::Into" => "Into",
        "std::borrow::Borrow" => "Borrow",
        "std::string::ToString" => "ToString",
        "std::iter::IntoIterator" => "IntoIterator",
        _ => return false,
    };
    let inner = was.strip_prefix("&'_ ");
    match name {
        "Into" | "Borrow" if argument == was => return true,
        "Into" if WRAPPERS.iter().any(|wrapper| argument == format!("{wrapper}<{was}>")) => return true,
        "Borrow" if inner == Some(argument) => return true,
        "IntoIterator" => return argument.strip_prefix("Item = ").is_some_and(|item| iterates(was, item)),
        "AsRef" if slice_of(inner.unwrap_or(was)).is_some_and(|item| argument == format!("[{item}]")) => return true,
        _ => {}
    }
    let known = |ty: &str| CONVERSIONS.iter().any(|(of, by, to)| *of == ty && *by == name && to.contains(&argument));
    // `&T` is as good as `T` wherever a reference is made of it.
    known(was) || matches!(name, "AsRef" | "ToString") && inner.is_some_and(known)
}

/// The items of a vector, slice or array.
fn slice_of(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_prefix("std::vec::Vec<").and_then(|inner| inner.strip_suffix('>')) {
        return (list(inner).len() == 1).then_some(inner);
    }
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.rsplit_once("; ").map_or(inner, |(item, _)| item))
}

/// Does the type iterate over such items?
fn iterates(was: &str, item: &str) -> bool {
    match was.strip_prefix("&'_ ") {
        Some(inner) => slice_of(inner).is_some_and(|of| item == format!("&'_ {of}")),
        None => {
            let optional = was.strip_prefix("std::option::Option<").and_then(|inner| inner.strip_suffix('>'));
            slice_of(was).or(optional) == Some(item)
        }
    }
}

/// A bound that such a type meets, whatever it is.
fn is_harmless(was: &str, bound: &str) -> bool {
    let plain = ["&'_ str", "std::string::String", "std::path::PathBuf", "&'_ std::path::Path"].contains(&was);
    bound == "?std::marker::Sized"
        || plain
            && matches!(
                bound,
                "std::marker::Send"
                    | "std::marker::Sync"
                    | "std::marker::Unpin"
                    | "std::clone::Clone"
                    | "std::fmt::Debug"
                    | "std::hash::Hash"
                    | "std::cmp::Eq"
                    | "std::cmp::Ord"
            )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_still_takes_what_it_took() {
        for (was, bound, expected) in [
            ("std::time::Duration", "std::convert::Into<std::option::Option<std::time::Duration>>", true),
            ("&'_ str", "std::convert::AsRef<str>", true),
            ("&'_ std::string::String", "std::convert::AsRef<std::path::Path>", true),
            ("&'_ str", "std::convert::Into<std::string::String>", true),
            ("std::vec::Vec<u8>", "std::iter::IntoIterator<Item = u8>", true),
            ("&'_ [u8]", "std::iter::IntoIterator<Item = &'_ u8>", true),
            ("&'_ [u8]", "std::convert::AsRef<[u8]>", true),
            ("std::vec::Vec<u8>", "std::iter::IntoIterator<Item = u16>", false),
            ("u8", "std::convert::AsRef<str>", false),
            ("u8", "std::convert::Into<u16>", false),
            ("a::Roots", "std::convert::Into<std::sync::Arc<a::Roots>>", true),
            ("a::Roots", "std::convert::Into<std::sync::Arc<a::Root>>", false),
        ] {
            assert_eq!(converts(was, bound), expected, "{was}: {bound}");
        }
    }
}
