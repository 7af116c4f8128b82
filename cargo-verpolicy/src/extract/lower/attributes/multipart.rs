//! The attributes of multipart forms: actix-multipart's `#[multipart(…)]`, poem-openapi's `#[oai(…)]`,
//! axum_typed_multipart's `#[form_data(…)]`.

use super::{Container, DefaultFrom, FieldAttrs, named, said};
use crate::extract::lower::case::Case;
use crate::syntax::facts::Attr;
use crate::syntax::tokens::Meta;

pub(super) fn container(attrs: &[Attr], out: &mut Container) {
    let words = ["multipart", "oai", "try_from_multipart"];
    for meta in words.into_iter().flat_map(|word| named(attrs, word).collect::<Vec<Meta>>()) {
        match meta.word() {
            Some("rename_all") => out.rename_all = meta.string().as_deref().and_then(Case::parse),
            Some("deny_unknown_fields" | "strict") if said(&meta) => out.deny_unknown = Some(meta.pos),
            _ => {}
        }
    }
}

pub(super) fn field(attrs: &[Attr], out: &mut FieldAttrs) {
    let words = ["multipart", "oai", "form_data"];
    for meta in words.into_iter().flat_map(|word| named(attrs, word).collect::<Vec<Meta>>()) {
        match meta.word() {
            Some("rename" | "field_name") => out.rename = meta.string(),
            Some("default") => out.default = Some(DefaultFrom::Trait),
            Some("skip") if said(&meta) => out.skip = true,
            _ => {}
        }
    }
}
