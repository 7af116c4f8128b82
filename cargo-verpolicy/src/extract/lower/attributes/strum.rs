//! strum's `#[strum(…)]`: the text of a variant.

use super::{Container, FieldAttrs, named};
use crate::extract::lower::case::Case;
use crate::model::Direction;
use crate::syntax::facts::{Attr, Item, ItemKind};

pub(super) fn container(attrs: &[Attr], out: &mut Container) {
    for meta in named(attrs, "strum") {
        match meta.word() {
            Some("serialize_all") => out.rename_all = meta.string().as_deref().and_then(case),
            Some("prefix") => out.prefix = meta.string().unwrap_or_default(),
            _ => {}
        }
    }
}

/// `to_string`, else the longest `serialize`, is written; every one of them is read.
pub(super) fn variant(attrs: &[Attr], direction: Direction, out: &mut FieldAttrs) {
    let mut texts = Vec::new();
    for meta in named(attrs, "strum") {
        match meta.word() {
            Some("serialize") => texts.extend(meta.string()),
            Some("to_string") => out.rename = meta.string(),
            Some("disabled") => out.skip = true,
            _ => {}
        }
    }
    if out.rename.is_none() {
        // strum takes the last of those that are equally long.
        out.rename = texts.iter().max_by_key(|text| text.len()).cloned();
    }
    if direction == Direction::Input {
        out.aliases.extend(texts);
    }
}

fn case(text: &str) -> Option<Case> {
    Case::parse(if text == "mixed_case" { "camelCase" } else { text })
}

/// Are all names as serde's conventions would make them? strum breaks words otherwise where capitals or digits follow
/// each other, and has conventions and flags of its own.
pub(crate) fn is_followed(item: &Item) -> bool {
    let ItemKind::Enum { variants, .. } = &item.kind else { return false };
    let converted = named(&item.attrs, "strum").any(|meta| meta.is("serialize_all"));
    let plain = named(&item.attrs, "strum").all(|meta| match meta.word() {
        Some("serialize_all") => meta.string().as_deref().and_then(case).is_some(),
        Some("prefix") => true,
        _ => false,
    });
    let word = |name: &str| {
        let capital = |c: char| c.is_uppercase() || c.is_numeric() || c == '_';
        !name.chars().zip(name.chars().skip(1)).any(|(a, b)| capital(a) && capital(b) || b.is_numeric())
    };
    // A name that is read in any case is more than one text.
    let exact = |attrs| named(attrs, "strum").all(|meta| !meta.is("ascii_case_insensitive"));
    plain
        && variants.iter().all(|variant| exact(&variant.attrs))
        && variants.iter().all(|variant| !converted || word(&variant.name))
}
