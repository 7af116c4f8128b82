//! Which handlers a document lists: `#[openapi(paths(…))]`, and `routes!(…)` of utoipa's routers.

use super::mounts::macro_paths;
use super::{Reading, Site, document};
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved};
use crate::model::Published;
use crate::syntax::facts::{ItemKind, Path};
use std::collections::BTreeSet;

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
