//! deserr's `#[deserr(…)]`: it reads only.

use super::{Container, DefaultFrom, FieldAttrs, named, text_of};
use crate::extract::lower::case::Case;
use crate::syntax::facts::{Attr, RawTokens};
use crate::syntax::tokens::Meta;

pub(super) fn container(attrs: &[Attr], out: &mut Container) {
    for meta in named(attrs, "deserr") {
        match meta.word() {
            Some("rename_all") => out.rename_all = text_of(&meta).and_then(|text| Case::parse(text.text.trim())),
            Some("deny_unknown_fields") => out.deny_unknown = Some(meta.pos),
            Some("tag") => out.tag = meta.string(),
            Some("from") => out.by_way_of = argument(&meta).map(|ty| (ty, false)),
            Some("try_from") => out.by_way_of = argument(&meta).map(|ty| (ty, true)),
            Some("validate") => out.conversion = Some(meta.raw.normal()),
            _ => {}
        }
    }
}

pub(super) fn field(attrs: &[Attr], out: &mut FieldAttrs) {
    for meta in named(attrs, "deserr") {
        match meta.word() {
            Some("rename") => out.rename = meta.string(),
            Some("rename_all") => out.rename_all = text_of(&meta).and_then(|text| Case::parse(text.text.trim())),
            Some("skip") => out.skip = true,
            Some("default") => {
                out.default = Some(match meta.value() {
                    Some(expression) => DefaultFrom::Expression(expression.clone()),
                    None => DefaultFrom::Trait,
                });
            }
            Some("from" | "try_from") => {
                out.adapter = argument(&meta);
                out.with = function(&meta);
            }
            Some("map") => out.with = text_of(&meta),
            _ => {}
        }
    }
}

/// The function of `from(Type) = function -> Error`.
fn function(meta: &Meta) -> Option<RawTokens> {
    let tokens = meta.raw.lex();
    let equals = tokens.iter().position(|token| token.is_punct('='))?;
    let behind = tokens.get(equals + 1..)?;
    let arrow = behind.windows(2).find(|pair| matches!(pair, [a, b] if a.is_punct('-') && b.is_punct('>')));
    let end = arrow.and_then(|pair| pair.first()).map_or(meta.raw.text.len(), |token| token.start);
    Some(meta.raw.slice(behind.first()?.start, end))
}

/// The type of `from(Type) = function`.
fn argument(meta: &Meta) -> Option<crate::syntax::facts::Type> {
    if let Some(list) = meta.list() {
        return list.ty();
    }
    let tokens = meta.raw.lex();
    let group = tokens.iter().find(|token| token.group(crate::syntax::tokens::Delimiter::Paren).is_some())?;
    meta.raw.slice(group.start.checked_add(1)?, group.end.checked_sub(1)?).ty()
}
