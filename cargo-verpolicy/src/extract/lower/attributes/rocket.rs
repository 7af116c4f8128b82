//! rocket's `#[field(…)]` of `FromForm` and `FromFormField`.

use super::{DefaultFrom, FieldAttrs, named};
use crate::syntax::facts::Attr;

pub(super) fn field(attrs: &[Attr], out: &mut FieldAttrs) {
    for meta in named(attrs, "field") {
        match meta.word() {
            Some("name" | "value") => {
                let name = meta.string().or_else(|| meta.value().and_then(uncased));
                if out.rename.is_none() {
                    out.rename = name;
                } else {
                    out.aliases.extend(name);
                }
            }
            Some("default") => out.default = meta.value().map(|e| DefaultFrom::Expression(e.clone())),
            Some("default_with") => out.default = meta.value().map(|e| DefaultFrom::Expression(e.clone())),
            _ => {}
        }
    }
}

/// `uncased("name")`
fn uncased(value: &crate::syntax::facts::RawTokens) -> Option<String> {
    value.metas().first()?.list()?.string()
}
