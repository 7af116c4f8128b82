//! `#[serde(…)]`, `#[serde_with(…)]`, `#[serde_as(…)]`.

use super::{Container, DefaultFrom, FieldAttrs, metas, named, text_of};
use crate::extract::lower::case::Case;
use crate::model::Direction;
use crate::syntax::facts::Attr;
use crate::syntax::tokens::Meta;

pub(super) fn container(attrs: &[Attr], direction: Direction, out: &mut Container) {
    for meta in named(attrs, "serde") {
        match meta.word() {
            Some("rename") => keep(&mut out.rename, directed(&meta, direction)),
            Some("rename_all") => keep(&mut out.rename_all, case(&meta, direction)),
            Some("rename_all_fields") => keep(&mut out.rename_all_fields, case(&meta, direction)),
            Some("deny_unknown_fields") => keep(&mut out.deny_unknown, Some(meta.pos)),
            Some("default") => keep(&mut out.default, default(&meta)),
            Some("tag") => keep(&mut out.tag, meta.string()),
            Some("content") => keep(&mut out.content, meta.string()),
            Some("untagged") => out.untagged = true,
            Some("transparent") => out.transparent = true,
            Some("remote") => out.remote = true,
            Some("from") if direction == Direction::Input => {
                keep(&mut out.by_way_of, meta.value_ty().map(|ty| (ty, false)));
            }
            Some("try_from") if direction == Direction::Input => {
                keep(&mut out.by_way_of, meta.value_ty().map(|ty| (ty, true)));
            }
            Some("into") if direction == Direction::Output => {
                keep(&mut out.by_way_of, meta.value_ty().map(|ty| (ty, false)));
            }
            _ => {}
        }
    }
    if direction == Direction::Input {
        // nutype runs these over what was read.
        let checks = attrs.iter().filter(|attr| attr.path.last().is_some_and(|name| name == "nutype")).flat_map(metas);
        let checks = checks.filter(|meta| meta.is("sanitize") || meta.is("validate")).map(|meta| meta.raw.normal());
        out.conversion = checks.reduce(|all, check| all + ", " + &check);
    }
    out.skip_none |= attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "skip_serializing_none"));
}

pub(super) fn field(attrs: &[Attr], direction: Direction, out: &mut FieldAttrs) {
    let input = direction == Direction::Input;
    for meta in named(attrs, "serde") {
        match meta.word() {
            Some("rename") => keep(&mut out.rename, directed(&meta, direction)),
            Some("rename_all") => keep(&mut out.rename_all, case(&meta, direction)),
            Some("alias") if input => out.aliases.extend(meta.string()),
            Some("default") if input => keep(&mut out.default, default(&meta)),
            Some("skip") => out.skip = true,
            Some("skip_deserializing") => out.skip |= input,
            Some("skip_serializing") => out.skip |= !input,
            Some("skip_serializing_if") if !input => keep(&mut out.skip_if, text_of(&meta)),
            Some("flatten") => out.flatten = true,
            Some("with") => keep(&mut out.with, text_of(&meta)),
            Some("deserialize_with") if input => keep(&mut out.with, text_of(&meta)),
            Some("serialize_with") if !input => keep(&mut out.with, text_of(&meta)),
            Some("other") => out.other = true,
            Some("untagged") => out.untagged = true,
            _ => {}
        }
    }
    for meta in named(attrs, "serde_as") {
        match meta.word() {
            Some("no_default") => out.no_default = true,
            Some("as") => keep(&mut out.adapter, meta.value_ty()),
            Some("deserialize_as") if input => keep(&mut out.adapter, meta.value_ty()),
            Some("serialize_as") if !input => keep(&mut out.adapter, meta.value_ty()),
            _ => {}
        }
    }
    out.always |= attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "serialize_always"));
}

/// The first word stands: two can only come from exclusive `cfg_attr`s.
fn keep<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// `key = "x"`, or the half of `key(serialize = "x", deserialize = "y")` for this direction.
fn directed(meta: &Meta, direction: Direction) -> Option<String> {
    let half = match direction {
        Direction::Input => "deserialize",
        Direction::Output => "serialize",
    };
    meta.string().or_else(|| meta.metas().iter().find(|m| m.is(half)).and_then(Meta::string))
}

fn case(meta: &Meta, direction: Direction) -> Option<Case> {
    Case::parse(&directed(meta, direction)?)
}

fn default(meta: &Meta) -> Option<DefaultFrom> {
    if meta.is_bare() { Some(DefaultFrom::Trait) } else { text_of(meta).map(DefaultFrom::Function) }
}
