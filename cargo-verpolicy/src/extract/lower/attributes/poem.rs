//! poem-openapi's `#[oai(…)]`.

use super::{Container, DefaultFrom, FieldAttrs, named, said, text_of};
use crate::extract::lower::case::Case;
use crate::model::Direction;
use crate::syntax::facts::{Attr, RawTokens};
use crate::syntax::tokens::Meta;

pub(super) fn container(attrs: &[Attr], direction: Direction, out: &mut Container) {
    let input = direction == Direction::Input;
    for meta in named(attrs, "oai") {
        match meta.word() {
            Some("rename") => out.rename = meta.string(),
            Some("rename_all") => out.rename_all = meta.string().as_deref().and_then(Case::parse),
            Some("deny_unknown_fields") if said(&meta) => out.deny_unknown = Some(meta.pos),
            Some("default") if input => out.default = Some(default(&meta)),
            Some("discriminator_name") => out.tag = meta.string(),
            Some("externally_tagged") => out.externally_tagged = said(&meta),
            Some("skip_serializing_if_is_none") if !input => out.skip_none = said(&meta),
            _ => {}
        }
    }
}

pub(super) fn field(attrs: &[Attr], direction: Direction, out: &mut FieldAttrs) {
    let input = direction == Direction::Input;
    for meta in named(attrs, "oai") {
        match meta.word() {
            Some("rename" | "name" | "mapping") => out.rename = meta.string(),
            Some("default") if input => {
                out.default = Some(default(&meta));
                out.null_is_default = true;
            }
            Some("skip") => out.skip |= said(&meta),
            Some("read_only") => out.skip |= input && said(&meta),
            Some("write_only") => out.skip |= !input && said(&meta),
            Some("flatten") => out.flatten = said(&meta),
            Some("skip_serializing_if") if !input => out.skip_if = text_of(&meta),
            Some("skip_serializing_if_is_none") if !input => out.skip_none = said(&meta),
            Some("skip_serializing_if_is_empty") if !input => out.skip_empty = said(&meta),
            _ => {}
        }
    }
}

/// `default`, `default = "function"`, `default(expression)`.
fn default(meta: &Meta) -> DefaultFrom {
    if let Some(text) = meta.string() {
        return DefaultFrom::Function(RawTokens { text: text.into(), pos: meta.pos });
    }
    match meta.value().or_else(|| meta.list()) {
        Some(expression) if expression.bool() != Some(true) => DefaultFrom::Expression(expression.clone()),
        _ => DefaultFrom::Trait,
    }
}
