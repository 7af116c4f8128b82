//! Who reads and writes a local type: which derive or hand-written impl stands behind it.

use super::at::{At, Dialect};
use super::attributes::strum;
use crate::extract::crates::{Crates, DefId, DefRef, ModuleId};
use crate::model::{OpaqueReason, Reader};
use crate::syntax::facts::{Attr, AttrArgs, Item, Name};
use crate::syntax::tokens::Meta;

/// How a local type travels in one direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum How {
    /// serde's derive.
    Serde,
    /// `serde_repr`: a number.
    SerdeRepr,
    /// `serde_tuple`: an array of the fields.
    SerdeTuple,
    /// serde_with's `SerializeDisplay`, `DeserializeFromStr`: text that code makes; hash of that code.
    Display(u64),
    /// poem-openapi.
    Poem(Poem),
    /// deserr.
    Deserr,
    /// rocket's `FromForm`, `FromFormField`.
    RocketForm,
    /// Ruma's `StringEnum`: text, some of it with a name.
    StringEnum,
    /// strum's `Display` and `EnumString` behind serde_with's `SerializeDisplay` and `DeserializeFromStr`: text, each
    /// variant by its name.
    Strum,
    /// serde-enum-str: serde's attributes, and a variant that holds every other text.
    EnumStr,
    /// The derives of multipart forms, by their attributes.
    Multipart,
    /// Ruma's `IdDst`, `IdZst`: text.
    IdText,
    /// Nobody knows.
    Opaque(OpaqueReason, Option<u64>),
}

/// poem-openapi's derives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Poem {
    Object,
    Enum,
    Union,
    NewType,
}

/// The derives of actix-multipart, poem-openapi and axum_typed_multipart.
const MULTIPART: &[&str] = &["MultipartForm", "Multipart", "TryFromMultipart"];

/// Crates that have a `Serialize` or `Deserialize` of their own.
const NOT_SERDE: &[&str] = &["rkyv", "miniserde", "musli", "speedy", "epserde", "diesel"];

/// Canonical paths of all derives of an item, those inside `cfg_attr` too.
pub(crate) fn derives(crates: &Crates, module: ModuleId, attrs: &[Attr]) -> Vec<String> {
    let mut out = Vec::new();
    for attr in attrs {
        let AttrArgs::List(tokens) = &attr.args else { continue };
        let all = match attr.path.last().map(Name::as_str) {
            Some("derive" | "derive_where") if attr.path.len() == 1 => tokens.metas(),
            // `#[nutype(derive(Serialize))]`
            Some("nutype") => tokens.metas().iter().filter(|meta| meta.is("derive")).flat_map(Meta::metas).collect(),
            _ => continue,
        };
        for meta in all {
            let path: &[Name] = &meta.path;
            if !path.is_empty() {
                out.push(crates.macro_path(module, path));
            }
        }
    }
    out
}

/// Is one of these derives `name` of a crate that `of` accepts?
fn has(derives: &[String], name: &str, of: fn(&str) -> bool) -> bool {
    derives.iter().any(|path| {
        let (krate, last) = match path.split_once("::") {
            Some((krate, rest)) => (krate, rest.rsplit("::").next().unwrap_or(rest)),
            None => ("", path.as_str()),
        };
        last == name && of(krate)
    })
}

/// Is it an identifier of Ruma's, whose owned form the derive makes?
pub(crate) fn is_unsized_id(crates: &Crates, def: DefRef<'_>) -> bool {
    let names = |text: &str| text.contains("IdDst") || text.contains("IdZst");
    let derives_some = |attr: &Attr| matches!(attr.path.as_slice(), [one] if one == "derive");
    let named = |attr: &Attr| derives_some(attr) && matches!(&attr.args, AttrArgs::List(tokens) if names(&tokens.text));
    if !def.item.attrs.iter().any(named) {
        return false;
    }
    let derives = derives(crates, def.module, &def.item.attrs);
    has(&derives, "IdDst", ruma) || has(&derives, "IdZst", ruma)
}

fn ruma(krate: &str) -> bool {
    krate.starts_with("ruma")
}

/// How this type, with these derives, travels at this position.
pub(crate) fn how(crates: &Crates, def: DefId, item: DefRef<'_>, derives: &[String], at: At) -> How {
    let serde = || {
        let found = by_serde(crates, def, item.item, derives, at.input());
        found.or_else(|| (at.input() && is_incoming(derives, &item.item.attrs)).then_some(How::Serde))
    };
    let poem = || by_poem(derives);
    let deserr = || (at.input() && has(derives, "Deserr", any)).then_some(How::Deserr);
    let rocket = || {
        let derived = has(derives, "FromForm", any) || has(derives, "FromFormField", any);
        (at.input() && derived).then_some(How::RocketForm)
    };
    if let Some(code) = by_segment(crates, def, at) {
        return How::Display(code);
    }
    let multipart = || MULTIPART.iter().any(|name| has(derives, name, any)).then_some(How::Multipart);
    let found = if at.reader == Reader::RocketForm {
        rocket().or_else(serde)
    } else if at.reader == Reader::Multipart {
        multipart().or_else(rocket).or_else(poem).or_else(serde)
    } else {
        match at.dialect {
            Dialect::Serde => serde().or_else(poem).or_else(deserr).or_else(rocket),
            Dialect::PoemOpenapi => poem().or_else(serde),
            Dialect::Deserr => deserr().or_else(serde),
        }
    };
    // What only a schema names is described by serde's attributes.
    let schema = || (at.silent && has(derives, "JsonSchema", any)).then_some(How::Serde);
    found.or_else(schema).unwrap_or(How::Opaque(OpaqueReason::NoDerive, None))
}

/// rocket's `FromParam` and `FromFormField`, written by hand: text that code reads; hash of that code.
fn by_segment(crates: &Crates, def: DefId, at: At) -> Option<u64> {
    let path = match at.reader {
        Reader::PathText => "rocket::request::FromParam",
        Reader::RocketForm => "rocket::form::FromFormField",
        _ => return None,
    };
    crates.impls_of(def, path).first().map(|(code, module)| crates.code_with_types(code, *module))
}

/// Ruma's `Incoming` derives what reads the type, under a name of its own, unless `#[incoming_derive(!Deserialize)]`.
fn is_incoming(derives: &[String], attrs: &[Attr]) -> bool {
    let by_hand = attrs.iter().any(|attr| match (attr.path.as_slice(), &attr.args) {
        ([name], AttrArgs::List(tokens)) => name == "incoming_derive" && tokens.normal().contains("!Deserialize"),
        _ => false,
    });
    has(derives, "Incoming", ruma) && !by_hand
}

fn any(_: &str) -> bool {
    true
}

fn by_serde(crates: &Crates, def: DefId, item: &Item, derives: &[String], input: bool) -> Option<How> {
    let pick = |read, write| if input { read } else { write };
    let serde: fn(&str) -> bool = |krate| !NOT_SERDE.contains(&krate);
    if has(derives, pick("Deserialize", "Serialize"), serde) {
        return Some(How::Serde);
    }
    if has(derives, pick("Deserialize_repr", "Serialize_repr"), any) {
        return Some(How::SerdeRepr);
    }
    if has(derives, pick("Deserialize_tuple", "Serialize_tuple"), any) {
        return Some(How::SerdeTuple);
    }
    if has(derives, pick("Deserialize_enum_str", "Serialize_enum_str"), any) {
        return Some(How::EnumStr);
    }
    if has(derives, pick("DeserializeFromStr", "SerializeDisplay"), any) {
        let strum: fn(&str) -> bool = |krate| matches!(krate, "strum" | "strum_macros");
        if has(derives, pick("EnumString", "Display"), strum) && strum::is_followed(item) {
            return Some(How::Strum);
        }
        let code = crates.impls_of(def, pick("std::str::FromStr", "std::fmt::Display"));
        return Some(How::Display(code.first().map_or_else(
            || crates.def(def).map_or(0, |d| crates.content(d.item, d.module)),
            |(code, module)| crates.code_with_types(code, *module),
        )));
    }
    if let Some((code, module)) = crates.impls_of(def, pick("serde::Deserialize", "serde::Serialize")).first() {
        return Some(How::Opaque(OpaqueReason::HandWritten, Some(crates.code_with_types(code, *module))));
    }
    if has(derives, "StringEnum", ruma) || has(derives, pick("DeserializeFromCowStr", "SerializeAsRefStr"), ruma) {
        return Some(How::StringEnum);
    }
    if has(derives, "IdDst", ruma) || has(derives, "IdZst", ruma) {
        return Some(How::IdText);
    }
    None
}

fn by_poem(derives: &[String]) -> Option<How> {
    let poem: fn(&str) -> bool = |krate| krate.is_empty() || krate == "poem_openapi";
    let rows = [("Object", Poem::Object), ("Enum", Poem::Enum), ("Union", Poem::Union), ("NewType", Poem::NewType)];
    rows.into_iter().find(|(name, _)| has(derives, name, poem)).map(|(_, kind)| How::Poem(kind))
}
