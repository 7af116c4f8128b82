//! poem-openapi: `#[OpenApi(prefix_path = "/v1")] impl Api { #[oai(path = "/p/:id", method = "get")] … }`; parameters are
//! called what the arguments are called.

use super::attribute::{Derives, entries, list, same, text_or_word};
use super::draft::{Argument, Draft};
use super::handler::argument;
use super::template::{Spelling, join, parse};
use super::{Framework, Reading, Served, Site, Surroundings, answer, derived};
use crate::extract::crates::{DefId, Scope, Ty};
use crate::extract::lower::Dialect;
use crate::model::{Default, In, Media, MethodSet, PathTemplate, Published, Reader};
use crate::syntax::facts::{Attr, Fields, Function, ItemKind, Param, RawTokens, VariantFact};
use crate::syntax::tokens::Meta;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const ROW: Framework = Framework {
    id: "poem-openapi",
    summary: "`#[OpenApi(prefix_path = …)] impl` with `#[oai(path = …, method = …)]`",
    docs: "Read: paths and methods, parameters by argument name (`#[oai(name = …)]`), payloads, `ApiRequest`, \
           `ApiResponse`, `Multipart`, `SecurityScheme`, `hidden`, `deprecated`, `operation_id`; `nest` with a literal \
           prefix around the service.\n\nNot read: webhooks, `transform`, poem's plain handlers.",
    read,
};

fn read(reading: &mut Reading<'_, '_>, site: &Site<'_>, _surroundings: &Surroundings) {
    let (ItemKind::Fn(function), Some(container)) = (&site.item.kind, site.container) else { return };
    let Some(api) = container
        .attrs
        .iter()
        .find(|attr| same(&reading.crates.macro_path(site.module, &attr.path), "poem_openapi::OpenApi"))
    else {
        return;
    };
    for attr in site.item.attrs.iter().filter(|attr| super::attribute::is(attr, &["oai"])) {
        let metas = entries(attr);
        let Some(path) = metas.iter().find(|meta| meta.is("path")).and_then(Meta::value) else { continue };
        let mut route = text(reading, site, attr, path);
        if let Some(prefix) = entries(api).iter().find(|meta| meta.is("prefix_path")).and_then(Meta::value) {
            route = join(&text(reading, site, attr, prefix), &route);
            // `/` below a prefix is the prefix itself.
            route.trailing_slash &= !is_root(reading, site, path);
        }
        let named = metas.iter().filter(|meta| meta.is("method")).filter_map(text_or_word);
        let methods: Vec<MethodSet> = named.map(|name| MethodSet::One(name.to_uppercase())).collect();
        let before = std::mem::replace(&mut reading.lowering.dialect, Dialect::PoemOpenapi);
        let mut http = http(reading, site, function, &methods, &route);
        reading.lowering.dialect = before;
        let name = metas.iter().find(|meta| meta.is("operation_id")).and_then(Meta::string);
        http.operation_id = name;
        let mut served = Served { methods, path: route, http, ..super::served(reading, site, attr, ROW.id) };
        served.published = if flag(&metas, "hidden") { Published::No } else { Published::Yes };
        if flag(&metas, "deprecated") {
            served.lifetime.deprecated = Some(super::step(""));
        }
        reading.served.push(served);
    }
}

fn is_root(reading: &Reading<'_, '_>, site: &Site<'_>, raw: &RawTokens) -> bool {
    raw.string().or_else(|| reading.crates.text_value(site.scope, raw)).is_some_and(|text| text == "/")
}

fn text(reading: &mut Reading<'_, '_>, site: &Site<'_>, attr: &Attr, raw: &RawTokens) -> PathTemplate {
    match raw.string().or_else(|| reading.crates.text_value(site.scope, raw)) {
        Some(text) => parse(&text, Spelling::Poem),
        None => super::unread_path(reading, site, attr, raw),
    }
}

/// `hidden`, `hidden = true`.
fn flag(metas: &[Meta], word: &str) -> bool {
    metas.iter().any(|meta| meta.is(word) && meta.value().is_none_or(|raw| raw.bool() == Some(true)))
}

fn http(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    methods: &[MethodSet],
    path: &PathTemplate,
) -> crate::model::Http {
    let mut draft = Draft::new(site.path, methods, path);
    for param in &function.params {
        let ty = reading.crates.ty(site.scope, &param.ty);
        reading.lowering.stand(site.module, reading.crates.place(site.module, param.pos));
        read_argument(reading, site, &mut draft, param, &ty);
    }
    let ret = answer::output_type(reading, site, function.ret.as_ref());
    let place = reading.crates.place(site.module, site.item.pos);
    reading.lowering.stand(site.module, place.clone());
    let responses = answer::answers(reading, &ret);
    draft.finish(reading, &place, responses)
}

fn read_argument(reading: &mut Reading<'_, '_>, site: &Site<'_>, draft: &mut Draft<'_>, param: &Param, ty: &Ty) {
    let metas = list(&param.attrs, &["oai"]);
    let mut own = argument(reading, site, param);
    own.renamed = metas.iter().find(|meta| meta.is("name")).and_then(Meta::string);
    let (ty, optional) = match ty {
        Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" => (args.first().unwrap_or(ty), true),
        ty => (ty, false),
    };
    match ty {
        Ty::Foreign(path, args) if path.starts_with("poem_openapi::") => {
            let place_in = match path.rsplit("::").next() {
                Some("Path") => Some((In::Path, Reader::PathText)),
                Some("Query") => Some((In::Query, Reader::PoemText)),
                Some("Header") => Some((In::Header, Reader::PoemText)),
                Some("Cookie") => Some((In::Cookie, Reader::PoemText)),
                _ => None,
            };
            match (place_in, args.first()) {
                (Some((place_in, reader)), Some(inner)) => {
                    parameter(reading, site, draft, &metas, &own, inner, (place_in, reader));
                }
                _ => match derived::payload(reading, ty) {
                    Some(media) => draft.media(media, &own, !optional),
                    None => draft.argument(reading, site, ty, &own),
                },
            }
        }
        Ty::Def(def, args) => own_type(reading, site, draft, &own, (*def, args), ty, optional),
        ty => draft.argument(reading, site, ty, &own),
    }
}

fn parameter(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    draft: &mut Draft<'_>,
    metas: &[Meta],
    own: &Argument,
    ty: &Ty,
    (place_in, reader): (In, Reader),
) {
    let list = matches!(ty, Ty::Foreign(path, _) if path.as_ref() == "std::vec::Vec");
    let default = metas.iter().find(|meta| meta.is("default"));
    draft.named(reading, ty, place_in, reader, own, (list || default.is_some()) && place_in != In::Path);
    let wire = own.renamed.as_deref().unwrap_or(&own.name);
    match default {
        Some(meta) => {
            let value = meta.value().cloned().unwrap_or_default();
            let text = value.normal();
            let known = text.parse::<i64>().is_ok() || text == "true" || text == "false";
            let default = match value.string() {
                // A text names the function that gives the value.
                Some(path) => reading.lowering.default_of_function(site.scope, &RawTokens::from(path.as_str()), ty),
                None if known => Default::Value(text),
                None => Default::Opaque(
                    text.bytes().fold(0_u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte))),
                ),
            };
            draft.set_default(place_in, wire, default);
        }
        None if list => draft.set_default(place_in, wire, Default::Value("[]".to_owned())),
        None => {}
    }
    let limits = metas.iter().filter(|meta| meta.is("validator")).flat_map(Meta::metas);
    let limits = limits.filter_map(|limit| {
        let value = limit.list().or(limit.value()).map(RawTokens::normal).unwrap_or_default();
        Some(crate::model::Constraint { kind: limit.word()?.replace('_', "-"), value, checked: true })
    });
    draft.constrain(place_in, wire, limits.collect());
}

/// `ApiRequest`, `Multipart`, `SecurityScheme`; else an extractor of the project.
fn own_type(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    draft: &mut Draft<'_>,
    own: &Argument,
    (def, args): (DefId, &[Ty]),
    ty: &Ty,
    optional: bool,
) {
    if let Some(media) = derived::requests(reading, def, args) {
        for row in media {
            draft.media(row, own, !optional);
        }
        return;
    }
    let Some(found) = reading.crates.def(def) else { return };
    let derives = Derives::of(reading.crates, found.module, &found.item.attrs);
    if derives.any(&["poem_openapi::Multipart"]) {
        let shape = reading.lowering.value(ty, crate::model::Direction::Input, Reader::Multipart);
        let media = Media { content_type: "multipart/form-data".to_owned(), shape, reader: Reader::Multipart };
        draft.media(media, own, !optional);
    } else if derives.any(&["poem_openapi::SecurityScheme"]) {
        let scheme = scheme(reading, def, 0).unwrap_or_else(|| found.item.name.to_string());
        draft.credentials(&scheme, optional);
    } else {
        draft.argument(reading, site, ty, own);
    }
}

/// What clients have to present for a security scheme, however it is called: `bearer`, `api_key header X-Key`; of an
/// enum, any of its members'. `None` where it cannot be read.
fn scheme(reading: &Reading<'_, '_>, def: DefId, depth: u32) -> Option<String> {
    const DEPTH: u32 = 8;
    let found = reading.crates.def(def).filter(|_| depth < DEPTH)?;
    if let ItemKind::Enum { variants, .. } = &found.item.kind {
        let scope = Scope { module: found.module, params: BTreeMap::new(), self_ty: None };
        let of = |variant: &VariantFact| match &variant.fields {
            Fields::Tuple(fields) => match reading.crates.ty(&scope, &fields.first()?.ty) {
                Ty::Def(member, _) => scheme(reading, member, depth + 1),
                _ => None,
            },
            _ => None,
        };
        let members = variants.iter().map(of).collect::<Option<BTreeSet<String>>>()?;
        return Some(members.into_iter().collect::<Vec<_>>().join(" or "));
    }
    let metas = list(&found.item.attrs, &["oai"]);
    let said = |word: &str| metas.iter().find(|meta| meta.is(word));
    let mut out = said("ty").and_then(Meta::string)?;
    for word in ["key_in", "key_name", "bearer_format", "openid_connect_url"] {
        if let Some(value) = said(word).and_then(Meta::string) {
            out.extend([" ", value.as_str()]);
        }
    }
    if let Some(flows) = said("flows").and_then(Meta::list) {
        out.extend([" ", flows.normal().as_str()]);
    }
    Some(out)
}
