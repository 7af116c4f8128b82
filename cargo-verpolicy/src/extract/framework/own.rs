//! Extractors of the project's own: what `[extractors]` and derives say of them.

use super::attribute::{Derives, list};
use super::draft::Argument;
use super::extractor::marks_a_handler;
use super::handwritten::{self, reads::Reads};
use super::{Reading, Site, salvo};
use crate::extract::crates::{Crates, DefId, Ty};
use crate::model::Place;
use crate::syntax::facts::{Attr, Fields, GenericArg, GenericParam, Generics, ItemKind, RawTokens, Type};

/// What an extractor of this side is.
pub(super) enum Own {
    /// It reads what this type reads.
    As(Ty),
    /// It reads what its fields read.
    Fields(Vec<(Ty, Argument)>),
    /// It reads what its code hands the request to.
    Code(Reads, Place),
    /// The configuration says that it reads nothing that counts.
    Ignored,
    /// Code that nobody executed decides.
    Unknown {
        /// Canonical path.
        path: String,
        /// Where it is defined.
        place: Place,
    },
}

/// Traits by which a type is an extractor of some framework.
const TRAITS: &[&str] = &[
    "axum::extract::FromRequest",
    "axum::extract::FromRequestParts",
    "axum_core::extract::FromRequest",
    "axum_core::extract::FromRequestParts",
    "actix_web::FromRequest",
    "rocket::request::FromRequest",
    "poem::FromRequest",
    "dropshot::SharedExtractor",
    "dropshot::ExclusiveExtractor",
];

/// What `[extractors]` says of the extractor at `path`: `None` is nothing, `Some(None)` is `ignore`.
pub(super) fn configured(reading: &Reading<'_, '_>, site: &Site<'_>, path: &str, args: &[Ty]) -> Option<Option<Ty>> {
    let text = reading.options.extractors.get(path)?;
    if text.trim() == "ignore" {
        return Some(None);
    }
    // `$1` is no type: stand-ins that no source would use keep the rest readable.
    let mut spelled = text.clone();
    for n in (1..=args.len().max(9)).rev() {
        spelled = spelled.replace(&format!("${n}"), &format!("__argument_{n}"));
    }
    let ty = RawTokens { text: spelled.into(), pos: crate::syntax::facts::Pos::default() }.ty()?;
    Some(Some(stated(reading.crates, site, &ty, args)))
}

/// A type of the configuration: paths as written name other crates; `__argument_N` are the arguments.
fn stated(crates: &Crates, site: &Site<'_>, ty: &Type, args: &[Ty]) -> Ty {
    if let Type::Path { qself: None, path } = ty
        && let Some(last) = path.segments.last()
    {
        if let Some(n) = last.name.strip_prefix("__argument_").and_then(|n| n.parse::<usize>().ok()) {
            return n.checked_sub(1).and_then(|n| args.get(n)).cloned().unwrap_or(Ty::Other(last.name.to_string()));
        }
        let names: Vec<&str> = path.segments.iter().map(|segment| segment.name.as_str()).collect();
        let full = names.join("::");
        if super::extractor::role(&full).is_some() {
            let inner = last.args.iter().filter_map(|arg| match arg {
                GenericArg::Type(ty) => Some(stated(crates, site, ty, args)),
                _ => None,
            });
            return Ty::Foreign(full.into(), inner.collect());
        }
    }
    crates.ty(site.scope, ty)
}

/// What the type `def` reads as an argument.
pub(super) fn extractor(reading: &Reading<'_, '_>, site: &Site<'_>, ty: &Ty, def: DefId, args: &[Ty]) -> Own {
    let Some(found) = reading.crates.def(def) else {
        return Own::Unknown { path: String::new(), place: reading.crates.place(site.module, site.item.pos) };
    };
    match configured(reading, site, found.path, args) {
        Some(Some(ty)) => return Own::As(ty),
        Some(None) => return Own::Ignored,
        None => {}
    }
    let place = reading.crates.place(found.module, found.item.pos);
    let unknown = Own::Unknown { path: found.path.to_owned(), place };
    let derives = Derives::of(reading.crates, found.module, &found.item.attrs);
    if derives.any(&["axum_extra::routing::TypedPath", "axum_extra::TypedPath"]) {
        if matches!(found.item.kind, ItemKind::Struct { fields: Fields::Unit, .. }) {
            return Own::Ignored;
        }
        return Own::As(Ty::Foreign("axum::extract::Path".into(), vec![ty.clone()]));
    }
    if let Some(fields) = salvo::extracted(reading.crates, ty, (def, args), &derives) {
        return fields.unwrap_or(unknown);
    }
    let reads_itself = derives.any(&["axum::extract::FromRequest", "axum::extract::FromRequestParts"])
        || derives.any(&["axum_macros::FromRequest", "axum_macros::FromRequestParts"]);
    if !reads_itself {
        // Hand-written code reads it, but it says itself where its fields stand.
        return match documented_place(&found.item.attrs) {
            Some(outer) if derives.any(&["utoipa::IntoParams"]) => Own::As(Ty::Foreign(outer.into(), vec![ty.clone()])),
            _ => match handwritten::reads::reads(reading.crates, def, args) {
                Some(reads) => Own::Code(reads, reading.crates.place(found.module, found.item.pos)),
                None => unknown,
            },
        };
    }
    let ItemKind::Struct { generics, fields } = &found.item.kind else { return unknown };
    let Some(scope) = reading.crates.scope_of(def, generics, args) else { return unknown };
    let via = |attrs: &[Attr]| {
        let metas = list(attrs, &["from_request"]);
        let via = metas.iter().find(|meta| meta.is("via"))?;
        via.list()?.ty()
    };
    let wrapped = |outer: &Type, inner: &Ty| match reading.crates.ty(&scope, outer) {
        Ty::Foreign(path, _) => Ty::Foreign(path, vec![inner.clone()]),
        Ty::Def(def, _) => Ty::Def(def, vec![inner.clone()]),
        other => other,
    };
    if let Some(outer) = via(&found.item.attrs) {
        // `struct Body<T>(T)` reads its `T`; any other type reads itself.
        let inner = match fields {
            Fields::Tuple(members) => match members.as_slice() {
                [only] if is_parameter(generics, &only.ty) => Some(reading.crates.ty(&scope, &only.ty)),
                _ => None,
            },
            _ => None,
        };
        return Own::As(wrapped(&outer, inner.as_ref().unwrap_or(ty)));
    }
    let (Fields::Tuple(members) | Fields::Named(members)) = fields else { return Own::Fields(Vec::new()) };
    let read = members.iter().map(|field| {
        let inner = reading.crates.ty(&scope, &field.ty);
        let ty = via(&field.attrs).map_or_else(|| inner.clone(), |outer| wrapped(&outer, &inner));
        let place = reading.crates.place(found.module, field.pos);
        (ty, Argument { name: field.name.to_string(), renamed: None, place })
    });
    Own::Fields(read.collect())
}

/// Is it a type parameter, and nothing else?
fn is_parameter(generics: &Generics, ty: &Type) -> bool {
    let Type::Path { qself: None, path } = ty else { return false };
    let [only] = path.segments.as_slice() else { return false };
    generics.params.iter().any(|param| matches!(param, GenericParam::Type { name, .. } if *name == only.name))
}

/// An extractor that is its own documentation: `#[into_params(parameter_in = …)]` says where its fields are read.
fn documented_place(attrs: &[Attr]) -> Option<&'static str> {
    let metas = list(attrs, &["into_params"]);
    let place = metas.iter().find(|meta| meta.is("parameter_in"))?.value_path()?;
    match place.segments.last()?.name.as_str() {
        "Path" => Some("axum::extract::Path"),
        // Its reader is not known: the one that refuses least.
        "Query" => Some("axum_extra::extract::Query"),
        "Header" => Some("dropshot::Header"),
        _ => None,
    }
}

/// Does an argument of this type make a function a handler?
pub(super) fn is_extractor(crates: &Crates, ty: &Ty, depth: u32) -> bool {
    if depth > 8 {
        return false;
    }
    match ty {
        Ty::Ref(inner) => is_extractor(crates, inner, depth + 1),
        Ty::Tuple(items) => items.iter().any(|item| is_extractor(crates, item, depth + 1)),
        Ty::Foreign(path, args) => {
            marks_a_handler(path)
                || (matches!(path.as_ref(), "std::option::Option" | "std::result::Result")
                    && args.first().is_some_and(|inner| is_extractor(crates, inner, depth + 1)))
        }
        Ty::Def(def, _) => {
            let extracts = |(item, module): &(&crate::syntax::facts::Item, crate::extract::crates::ModuleId)| {
                let ItemKind::Impl(fact) = &item.kind else { return false };
                let path = fact.trait_path.as_ref();
                path.is_some_and(|path| TRAITS.contains(&crates.trait_path(*module, path).as_str()))
            };
            crates.impls_for(*def).iter().any(extracts)
                || crates.def(*def).is_some_and(|found| {
                    let derives = Derives::of(crates, found.module, &found.item.attrs);
                    derives.any(&["axum::extract::FromRequest", "axum::extract::FromRequestParts"])
                        || derives.any(&["axum_macros::FromRequest", "axum_macros::FromRequestParts"])
                })
        }
        _ => false,
    }
}
