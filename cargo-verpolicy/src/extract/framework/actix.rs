//! actix-web: `#[get("/users/{id}")]`, `#[route("/x", method = "GET")]`, `#[routes]`.

use super::attribute::{args, is_macro};
use super::handler::handler;
use super::routers::layers::type_code;
use super::template::{Spelling, join, parse, unknown};
use super::{Framework, Reading, Served, Site, Surroundings};
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved};
use crate::model::{BlindSpot, BlindSpotKind, MethodSet, PathTemplate};
use crate::syntax::facts::{Attr, ItemKind, Name, RawTokens};

pub(super) const ROW: Framework = Framework {
    id: "actix-web",
    summary: "`#[get(\"/users/{id}\")]`, `#[route(…)]`, `#[routes]`, `#[scope]`",
    docs: "Read: the verb attributes, `#[route(path, method = …)]`, `#[routes]`, inline modules under `#[scope]`, \
           `.service(handler)` inside `web::scope` with a literal prefix and `.configure(function)`; tables of \
           `web::resource(…)`, `web::get().to(…)`, `.route(…)`, guards for methods; `web::redirect`; handlers inside \
           wrappers; `Files` as `GET …/{*rest}`; layers (`wrap`, guards) by their code; apistos, paperclip and `utoipa-actix-web` as far as they stand for it.\n\nNot read: what layers and other guards do, prefixes computed at run time.",
    read,
};

const CRATES: &[&str] = &["actix_web", "actix_web_codegen", "apistos", "paperclip"];
const VERBS: &[&str] = &["get", "post", "put", "delete", "head", "connect", "options", "trace", "patch"];

/// Does the attribute state a route?
pub(super) fn states_route(crates: &Crates, module: ModuleId, attr: &Attr) -> bool {
    is_macro(crates, module, attr, CRATES)
        .is_some_and(|name| matches!(name.as_str(), "route" | "routes") || VERBS.contains(&name.as_str()))
}

fn read(reading: &mut Reading<'_, '_>, site: &Site<'_>, _surroundings: &Surroundings) {
    let ItemKind::Fn(function) = &site.item.kind else { return };
    for attr in &site.item.attrs {
        let Some(name) = is_macro(reading.crates, site.module, attr, CRATES) else { continue };
        let methods = if VERBS.contains(&name.as_str()) {
            vec![MethodSet::One(name.to_uppercase())]
        } else if name == "route" {
            methods(attr)
        } else {
            continue;
        };
        let Some(raw) = args(attr) else { continue };
        let metas = raw.metas();
        let Some(first) = metas.first() else { continue };
        let path = match first.raw.string().or_else(|| reading.crates.text_value(site.scope, &first.raw)) {
            Some(text) => parse(&text, Spelling::Actix),
            None => super::unread_path(reading, site, attr, &first.raw),
        };
        let path = join(&scope(reading, site.module), &path);
        let mut http = handler(reading, site, function, &methods, &path);
        for meta in metas.iter().filter(|meta| meta.is("guard") || meta.is("wrap")) {
            let word = meta.word().unwrap_or_default();
            let value = meta.string().unwrap_or_default();
            let segments: Vec<Name> = value.split("::").map(|segment| segment.trim().into()).collect();
            let named = reading.crates.resolve_names(site.module, false, &segments, Namespace::Value);
            let named = match named {
                Resolved::Def(def) => Some(def),
                _ => None,
            };
            let (name, hash) = match named.and_then(|def| Some((def, reading.crates.def(def)?))) {
                Some((_, found)) if matches!(found.item.kind, ItemKind::Fn(_)) => {
                    (found.path.to_owned(), reading.crates.code(found.item, found.module))
                }
                Some((def, found)) => (found.path.to_owned(), type_code(reading.crates, def).unwrap_or_default()),
                None => (value.clone(), 0),
            };
            http.layers.insert(name, hash);
            reading.blind_spots.push(BlindSpot {
                kind: BlindSpotKind::Layer,
                place: Some(reading.crates.place(site.module, attr.pos)),
                detail: format!("{word} `{value}` around `{}`: it may refuse or alter", site.path),
                hides: None,
            });
        }
        let served = Served { methods, path, http, ..super::served(reading, site, attr, ROW.id) };
        reading.served.push(served);
    }
}

fn methods(attr: &Attr) -> Vec<MethodSet> {
    let metas = super::attribute::entries(attr);
    let named = metas.iter().filter(|meta| meta.is("method")).filter_map(super::attribute::text_or_word);
    let mut methods: Vec<MethodSet> = named.map(|name| MethodSet::One(name.to_uppercase())).collect();
    methods.sort();
    methods.dedup();
    methods
}

/// The prefix that `#[scope("/x")]` on the inline modules around gives.
fn scope(reading: &Reading<'_, '_>, module: ModuleId) -> PathTemplate {
    let mut prefix = super::routers::root();
    let mut at = module;
    while let Some((parent, item)) = reading.crates.parent_of(at) {
        for attr in &item.attrs {
            if is_macro(reading.crates, parent, attr, CRATES).as_deref() == Some("scope") {
                let text = args(attr).and_then(RawTokens::string);
                let own = text.map_or_else(unknown, |text| parse(&text, Spelling::Actix));
                prefix = join(&PathTemplate { trailing_slash: false, ..own }, &prefix);
            }
        }
        at = parent;
    }
    prefix
}
