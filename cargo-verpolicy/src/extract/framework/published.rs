//! Which handlers a document lists: `#[openapi(paths(…))]`, `routes!(…)` of utoipa's routers, and
//! `openapi_get_routes![…]` of rocket_okapi, whose handlers may say `#[openapi(skip)]`.

use super::{Reading, Site, document};
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved};
use crate::model::Published;
use crate::syntax::facts::{ItemKind, Path, RawTokens};
use crate::syntax::tokens::{Token, TokenKind};
use std::collections::BTreeSet;

/// Groups nested deeper than this are not looked into.
const DEPTH: usize = 32;

/// What the documents of a package list.
#[derive(Debug, Default)]
struct Listed {
    handlers: BTreeSet<String>,
    /// There is a document that lists handlers.
    any: bool,
    /// Others may be listed in a way that is not read.
    more: bool,
}

/// Handlers that a document lists are published, and where every list was read the others are not.
pub(super) fn apply(reading: &mut Reading<'_, '_>, sites: &[Site<'_>]) {
    let crates = reading.crates;
    let (mut utoipa, mut okapi) = (Listed::default(), Listed::default());
    let mut skipped = BTreeSet::new();
    for site in sites {
        for attr in &site.item.attrs {
            if attr.path.last().is_some_and(|name| name == "utoipauto") {
                utoipa.more = true;
            }
            if attr.path.last().is_none_or(|name| name != "openapi") {
                continue;
            }
            if matches!(site.item.kind, ItemKind::Fn(_)) {
                let skips = |args: &RawTokens| args.metas().iter().any(|meta| meta.is("skip"));
                if super::attribute::args(attr).is_some_and(skips) {
                    skipped.insert(site.path.to_owned());
                }
                continue;
            }
            utoipa.add(crates, site.module, &document::listed(attr));
        }
        if let ItemKind::Fn(found) = &site.item.kind
            && let Some(body) = found.body.as_ref().filter(|body| body.text.contains('!'))
        {
            let paths = macro_paths(body, &["routes"]);
            // Rocket has a `routes!` too, which lists no document.
            let is_document = crates.macro_path(site.module, &["routes".into()]).starts_with("utoipa_axum::")
                || body.text.contains("utoipa_axum::routes");
            match is_document {
                true => utoipa.add(crates, site.module, &paths),
                false => utoipa.handlers.extend(paths.iter().filter_map(|path| function(crates, site.module, path))),
            }
            okapi.add(crates, site.module, &macro_paths(body, &OKAPI));
        }
    }
    for served in reading.served.iter_mut().filter(|served| served.published == Published::Unknown) {
        let described = served.http.operation_id.is_some() && utoipa.handlers.contains(&served.handler);
        let in_okapi = okapi.handlers.contains(&served.handler) && !skipped.contains(&served.handler);
        served.published = match (described || in_okapi, utoipa.is_whole(), okapi.is_whole()) {
            (true, ..) => Published::Yes,
            // One document is all that is known of: what it leaves out is left out.
            (false, true, _) | (false, _, true) => Published::No,
            (false, false, false) => Published::Unknown,
        };
    }
}

/// The macros of rocket_okapi that mount handlers and list them.
const OKAPI: [&str; 5] =
    ["openapi_get_routes", "openapi_get_routes_spec", "openapi_get_spec", "openapi_routes", "openapi_spec"];

impl Listed {
    fn add(&mut self, crates: &Crates, module: ModuleId, paths: &[Path]) {
        self.any |= !paths.is_empty();
        for path in paths {
            match function(crates, module, path) {
                Some(handler) => _ = self.handlers.insert(handler),
                None => self.more = true,
            }
        }
    }

    /// Is everything known that is listed?
    fn is_whole(&self) -> bool {
        self.any && !self.more
    }
}

/// Canonical path of the function that `path` names.
pub(super) fn function(crates: &Crates, module: ModuleId, path: &Path) -> Option<String> {
    match crates.resolve(module, path, Namespace::Value) {
        Resolved::Def(def) => crates.def(def).map(|found| found.path.to_owned()),
        _ => None,
    }
}

/// The paths in all calls of these macros in a body.
fn macro_paths(body: &RawTokens, names: &[&str]) -> Vec<Path> {
    let mut found = Vec::new();
    if !names.iter().any(|name| body.text.contains(name)) {
        return found;
    }
    collect(body, &body.lex(), names, 0, &mut found);
    found
}

fn collect(raw: &RawTokens, tokens: &[Token], names: &[&str], depth: usize, found: &mut Vec<Path>) {
    if depth > DEPTH {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Group(_, inner) = &token.kind else { continue };
        let word = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        let is_call = || word(2).is_some_and(|token| names.iter().any(|name| token.is_ident(name)));
        if word(1).is_some_and(|token| token.is_punct('!')) && is_call() {
            // rocket_okapi takes settings before the list: `settings: find, add`.
            let settings = inner.iter().position(|token| token.is_punct(':')).filter(|at| {
                let doubled = |at: usize| inner.get(at).is_some_and(|token| token.is_punct(':'));
                !doubled(at + 1)
            });
            let start = settings.and_then(|at| inner.get(at)).map_or(token.start + 1, |colon| colon.end);
            let list = raw.slice(start, token.end.saturating_sub(1));
            found.extend(list.parts().iter().filter_map(RawTokens::path));
        } else {
            collect(raw, inner, names, depth + 1, found);
        }
    }
}
