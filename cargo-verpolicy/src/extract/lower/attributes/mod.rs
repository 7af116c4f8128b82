//! What attributes say of a type, its fields and variants: one vocabulary for serde's, poem-openapi's, deserr's and
//! rocket's, read for one direction. Attributes inside `cfg_attr` count as on.

mod deserr;
mod multipart;
mod poem;
mod rocket;
mod serde;
pub(super) mod strum;

use super::case::Case;
use super::reading::How;
use crate::model::Direction;
use crate::syntax::facts::{Attr, AttrArgs, Pos, RawTokens, Type};
use crate::syntax::tokens::Meta;

/// What stands on a struct or enum.
#[derive(Clone, Debug, Default)]
pub(crate) struct Container {
    /// The type's own name, for the constant that `tag` writes.
    pub(crate) rename: Option<String>,
    /// Of fields in a struct, of variants in an enum.
    pub(crate) rename_all: Option<Case>,
    /// Put before every variant's name that is not said.
    pub(crate) prefix: String,
    /// Of the fields of an enum's struct variants.
    pub(crate) rename_all_fields: Option<Case>,
    /// Where unknown keys are refused.
    pub(crate) deny_unknown: Option<Pos>,
    /// What a missing field means.
    pub(crate) default: Option<DefaultFrom>,
    /// `tag`
    pub(crate) tag: Option<String>,
    /// `content`
    pub(crate) content: Option<String>,
    /// `untagged`
    pub(crate) untagged: bool,
    /// poem-openapi's `externally_tagged`
    pub(crate) externally_tagged: bool,
    /// `transparent`
    pub(crate) transparent: bool,
    /// `from`, `try_from`, `into`: the type on the wire, and whether the way there may refuse.
    pub(crate) by_way_of: Option<(Type, bool)>,
    /// Derived for a type of another crate.
    pub(crate) remote: bool,
    /// `skip_serializing_none`, and poem-openapi's `skip_serializing_if_is_none`.
    pub(crate) skip_none: bool,
    /// Code runs over the whole value once it is read (`validate` of deserr).
    pub(crate) conversion: Option<String>,
}

/// Where a default comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DefaultFrom {
    /// `Default::default()`
    Trait,
    /// A function, by its path as written.
    Function(RawTokens),
    /// An expression.
    Expression(RawTokens),
}

/// What stands on a field.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldAttrs {
    /// The wire name, when it is said.
    pub(crate) rename: Option<String>,
    /// Other names that are read.
    pub(crate) aliases: Vec<String>,
    /// What a missing key means.
    pub(crate) default: Option<DefaultFrom>,
    /// Not on the wire in this direction.
    pub(crate) skip: bool,
    /// When it is left out: the predicate's path as written.
    pub(crate) skip_if: Option<RawTokens>,
    /// Left out when it is `None`, whatever the container says.
    pub(crate) skip_none: bool,
    /// Left out when it is empty.
    pub(crate) skip_empty: bool,
    /// Never left out because it is `None`.
    pub(crate) always: bool,
    /// `flatten`
    pub(crate) flatten: bool,
    /// Code that reads or writes it: its path as written, and whether it names a whole module.
    pub(crate) with: Option<RawTokens>,
    /// `serde_as(as = …)`
    pub(crate) adapter: Option<Type>,
    /// `serde_as(no_default)`: an `Option` must be sent all the same.
    pub(crate) no_default: bool,
    /// The type that a schema publishes in its place (`#[schema(value_type = T)]`, `#[schemars(with = "T")]`).
    pub(crate) published: Option<Type>,
    /// `null` reads as the default.
    pub(crate) null_is_default: bool,
    /// On a variant: `other`
    pub(crate) other: bool,
    /// On a variant: `untagged`
    pub(crate) untagged: bool,
    /// On a variant: of its fields.
    pub(crate) rename_all: Option<Case>,
}

/// Reads what stands on a container.
pub(crate) fn container(attrs: &[Attr], how: &How, direction: Direction) -> Container {
    let mut out = Container::default();
    match how {
        How::Poem(_) => poem::container(attrs, direction, &mut out),
        How::Deserr => deserr::container(attrs, &mut out),
        How::RocketForm => {}
        How::StringEnum => ruma(attrs, &mut out),
        How::Strum => strum::container(attrs, &mut out),
        How::Multipart => multipart::container(attrs, &mut out),
        _ => serde::container(attrs, direction, &mut out),
    }
    out
}

/// Reads what stands on a field or variant.
pub(crate) fn field(attrs: &[Attr], how: &How, direction: Direction) -> FieldAttrs {
    let mut out = FieldAttrs::default();
    match how {
        How::Poem(_) => poem::field(attrs, direction, &mut out),
        How::Deserr => deserr::field(attrs, &mut out),
        How::RocketForm => rocket::field(attrs, &mut out),
        How::StringEnum => ruma_variant(attrs, &mut out),
        How::Strum => strum::variant(attrs, direction, &mut out),
        How::Multipart => multipart::field(attrs, &mut out),
        _ => serde::field(attrs, direction, &mut out),
    }
    out.published = published(attrs);
    out
}

/// The type that a schema publishes in place of the one that is written.
pub(crate) fn published(attrs: &[Attr]) -> Option<Type> {
    let words = [("schema", "value_type"), ("schemars", "with"), ("param", "value_type")];
    let said = words.iter().find_map(|(attr, word)| {
        let meta = named(attrs, attr).find(|meta| meta.is(word))?;
        text_of(&meta)?.ty()
    });
    said.or_else(|| schema_of(attrs))
}

/// The type whose schema stands in: `#[schemars(schema_with = "Page::<T>::json_schema")]`.
fn schema_of(attrs: &[Attr]) -> Option<Type> {
    let meta = named(attrs, "schemars").find(|meta| meta.is("schema_with"))?;
    let mut path = text_of(&meta)?.path()?;
    let last = path.segments.pop()?;
    (last.name == "json_schema" && !path.segments.is_empty()).then_some(Type::Path { qself: None, path })
}

/// Is it marked `#[deprecated]`, or deprecated in its schema?
pub(crate) fn deprecated(attrs: &[Attr]) -> bool {
    attrs.iter().any(|attr| match attr.path.as_slice() {
        [name] if name == "deprecated" => true,
        [name] if matches!(name.as_str(), "schema" | "oai" | "param" | "schemars") => {
            metas(attr).iter().any(|meta| meta.is("deprecated") && said(meta))
        }
        [.., name] if name == "api" => metas(attr).iter().any(|meta| meta.is("deprecated")),
        _ => false,
    })
}

/// Is it `#[non_exhaustive]`, or promised to be open?
pub(crate) fn open(attrs: &[Attr]) -> bool {
    attrs.iter().any(|attr| match attr.path.as_slice() {
        [name] if name == "non_exhaustive" => true,
        [.., name] if name == "api" => metas(attr).iter().any(|meta| meta.is("open") && said(meta)),
        _ => false,
    })
}

/// The entries of an attribute.
pub(crate) fn metas(attr: &Attr) -> Vec<Meta> {
    match &attr.args {
        AttrArgs::List(tokens) => tokens.metas(),
        AttrArgs::None | AttrArgs::Value(_) => Vec::new(),
    }
}

/// The entries of all attributes of this name.
fn named<'a>(attrs: &'a [Attr], name: &'a str) -> impl Iterator<Item = Meta> + 'a {
    attrs.iter().filter(move |attr| matches!(attr.path.as_slice(), [n] if n == name)).flat_map(metas)
}

/// `key`, `key = true`; not `key = false`.
fn said(meta: &Meta) -> bool {
    meta.value().is_none_or(|value| value.bool() != Some(false) && value.string().as_deref() != Some("false"))
}

/// Text of a value: a string, or the tokens as written.
fn text_of(meta: &Meta) -> Option<RawTokens> {
    let value = meta.value()?;
    Some(match value.string() {
        Some(text) => RawTokens { text: text.into(), pos: value.pos },
        None => value.clone(),
    })
}

/// Ruma's `StringEnum`: `#[ruma_enum(rename_all = "snake_case")]`, `#[ruma_enum(rename_all(prefix = "m.", rule = "…"))]`.
fn ruma(attrs: &[Attr], out: &mut Container) {
    for meta in named(attrs, "ruma_enum") {
        if !meta.is("rename_all") {
            continue;
        }
        match text_of(&meta) {
            Some(text) => {
                if let Some((prefix, case)) = Case::ruma(&text.text) {
                    (out.prefix, out.rename_all) = (prefix.to_owned(), Some(case));
                }
            }
            None => {
                for part in meta.metas() {
                    match part.word() {
                        Some("prefix") => out.prefix = part.string().unwrap_or_default(),
                        Some("rule") => out.rename_all = part.string().as_deref().and_then(Case::parse),
                        _ => {}
                    }
                }
            }
        }
    }
}

fn ruma_variant(attrs: &[Attr], out: &mut FieldAttrs) {
    for meta in named(attrs, "ruma_enum") {
        match meta.word() {
            Some("rename") => out.rename = meta.string(),
            Some("alias") => out.aliases.extend(meta.string()),
            _ => {}
        }
    }
}
