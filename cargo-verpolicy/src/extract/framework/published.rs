//! Which handlers a document lists: `#[openapi(paths(…))]`, and `routes!(…)` of utoipa's routers.

use super::{Reading, Site, document};
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved};
use crate::model::Published;
use crate::syntax::facts::{ItemKind, Path, RawTokens};
use crate::syntax::tokens::{Token, TokenKind};
use std::collections::BTreeSet;

/// Groups nested deeper than this are not looked into.
const DEPTH: usize = 32;

/// Handlers that a document lists are published; of the others nothing is known.
pub(super) fn apply(reading: &mut Reading<'_, '_>, sites: &[Site<'_>]) {
    let mut listed = BTreeSet::new();
    for site in sites {
        for attr in site.item.attrs.iter().filter(|attr| super::attribute::is(attr, &["openapi"])) {
            let paths = document::listed(attr);
            listed.extend(paths.iter().filter_map(|path| function(reading.crates, site.module, path)));
        }
        if let ItemKind::Fn(found) = &site.item.kind
            && let Some(body) = &found.body
        {
            let paths = macro_paths(body, "routes");
            listed.extend(paths.iter().filter_map(|path| function(reading.crates, site.module, path)));
        }
    }
    for served in reading.served.iter_mut().filter(|served| served.published == Published::Unknown) {
        if listed.contains(&served.handler) && served.http.operation_id.is_some() {
            served.published = Published::Yes;
        }
    }
}

/// Canonical path of the function that `path` names.
pub(super) fn function(crates: &Crates, module: ModuleId, path: &Path) -> Option<String> {
    match crates.resolve(module, path, Namespace::Value) {
        Resolved::Def(def) => crates.def(def).map(|found| found.path.to_owned()),
        _ => None,
    }
}

/// The paths in all calls of the macro `name` in a body.
fn macro_paths(body: &RawTokens, name: &str) -> Vec<Path> {
    let mut found = Vec::new();
    if !body.text.contains(name) {
        return found;
    }
    collect(body, &body.lex(), name, 0, &mut found);
    found
}

fn collect(raw: &RawTokens, tokens: &[Token], name: &str, depth: usize, found: &mut Vec<Path>) {
    if depth > DEPTH {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Group(_, inner) = &token.kind else { continue };
        let word = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        if word(1).is_some_and(|token| token.is_punct('!')) && word(2).is_some_and(|token| token.is_ident(name)) {
            let list = raw.slice(token.start + 1, token.end.saturating_sub(1));
            found.extend(list.parts().iter().filter_map(RawTokens::path));
        } else {
            collect(raw, inner, name, depth + 1, found);
        }
    }
}
