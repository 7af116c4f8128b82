//! What is not known on both sides: the same by its tokens, or else possibly changed.

use super::shapes::{Compared, Found};
use super::word::Word;
use crate::model::{Opaque, OpaqueReason, version_line};

/// Says that code which nobody could judge changed.
pub(super) fn compare(old: &Opaque, new: &Opaque, out: &mut Compared) {
    if !same(old, new) {
        out.say(Found::new(Word::OpaqueChanged).values(named(old), named(new)));
    }
}

/// Its name, of a type of another crate with the crate's version.
fn named(opaque: &Opaque) -> String {
    match (&opaque.version, opaque.name.split_once("::")) {
        (Some(version), Some((krate, _))) => format!("{} ({krate} {version})", opaque.name),
        _ => opaque.name.clone(),
    }
}

fn same(old: &Opaque, new: &Opaque) -> bool {
    let Opaque { name, reason, tokens, version } = old;
    match (tokens, new.tokens) {
        (Some(a), Some(b)) => *a == b,
        (Some(_), None) | (None, Some(_)) => false,
        // Nothing at hand but the name: of a type of the project's own only its last word, for it may move.
        (None, None) => match (reason, new.reason) {
            (OpaqueReason::Foreign, OpaqueReason::Foreign) => {
                *name == new.name && line(version.as_deref()) == line(new.version.as_deref())
            }
            (OpaqueReason::Generic, OpaqueReason::Generic) => true,
            // Which crate it comes from is not known on both sides: then its version tells nothing.
            _ => {
                let versions = version.as_ref().zip(new.version.as_ref());
                last(name) == last(&new.name) && versions.is_none_or(|(a, b)| line(Some(a)) == line(Some(b)))
            }
        },
    }
}

/// Compatible versions of a crate are one: what its types look like is its promise.
fn line(version: Option<&str>) -> Option<&str> {
    version.map(|version| version_line(version).unwrap_or(version))
}

/// `HttpResponse` of `actix_web::HttpResponse`; of `Foo<a::B>` the same without the paths.
fn last(name: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in name.chars() {
        match c {
            ':' => word.clear(),
            c if c.is_alphanumeric() || c == '_' => word.push(c),
            c => {
                out.push_str(&word);
                word.clear();
                out.push(c);
            }
        }
    }
    out + &word
}
