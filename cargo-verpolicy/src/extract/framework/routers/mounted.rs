//! Which routers something serves. A function that nothing calls and that hands a router back serves nothing where its
//! package serves others: what mounted it does so no more, unless that could not be read.

use super::blind::Unread;
use super::built::Built;
use super::kind::Kind;
use super::roots::only_in_tests;
use super::value::Origin;
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved};
use crate::model::{BlindSpot, BlindSpotKind, Mount, Prefix};
use crate::syntax::facts::{Item, ItemKind, Name};
use std::collections::{BTreeMap, BTreeSet};

impl Built<'_> {
    /// What a method of a trait hands back is mounted nobody knows where.
    pub(super) fn hand_on(&mut self, crates: &Crates) {
        if self.dispatch.is_none() {
            return;
        }
        let (found, mut any) = (&mut self.found, false);
        for route in &mut found.routes {
            let server = found.servers.get(route.server);
            if server.is_some_and(|one| one.handed_back && !one.served) {
                route.path.prefix = Prefix::Unknown;
                any = true;
            }
        }
        if any {
            found.blind_spots.insert(BlindSpot {
                kind: BlindSpotKind::UnknownPrefix,
                place: Some(crates.place(self.module, self.item.pos)),
                detail: format!("where the routes that `{}` hands back are served is not known", self.path),
                hides: None,
            });
        }
    }
}

/// Says of every router whether something serves it; `blind` are the packages of which a router could not be read.
pub(super) fn settle(crates: &Crates, all: &mut [Built<'_>], blind: &BTreeMap<usize, BTreeSet<Unread>>) {
    let served = |built: &Built<'_>, origin: &Origin| origin.served || built.is_main;
    let serving: BTreeSet<usize> = all
        .iter()
        .filter(|built| !built.found.routes.is_empty() && built.found.servers.iter().any(|one| served(built, one)))
        .map(|built| built.package)
        .collect();
    for built in all.iter_mut().filter(|built| serving.contains(&built.package)) {
        let loose = |origin: &Origin| origin.handed_back && !origin.served;
        if built.is_main
            || is_registered(built.item)
            || built.found.routes.is_empty()
            || !built.found.servers.iter().any(loose)
        {
            continue;
        }
        let named = || built.dispatch.is_some() || is_named(crates, built);
        let kinds: Vec<Kind> = built.found.routes.iter().map(|route| route.kind).collect();
        let taken = |all: &BTreeSet<Unread>| all.iter().any(|one| one.may_mount(&kinds));
        let doubtful = blind.get(&built.package).is_some_and(taken) || !built.read && named();
        let mounted = if doubtful { Mount::Unknown } else { Mount::No };
        for origin in built.found.servers.iter_mut().filter(|origin| loose(origin)) {
            origin.mount = mounted;
        }
        if mounted == Mount::No {
            built.found.blind_spots.insert(BlindSpot {
                kind: BlindSpotKind::UnreachedHandler,
                place: Some(crates.place(built.module, built.item.pos)),
                detail: format!("no code names `{}`, so nothing serves what it builds", built.item.name),
                hides: None,
            });
        }
    }
}

/// Does an attribute that nothing is known of stand on the function? It may enter it into a table: linkme's
/// `#[distributed_slice]`.
fn is_registered(item: &Item) -> bool {
    const KNOWN: &[&str] = &[
        "allow",
        "cfg",
        "cfg_attr",
        "deprecated",
        "doc",
        "expect",
        "inline",
        "instrument",
        "must_use",
        "rustfmt",
        "tracing",
        "warn",
    ];
    let known = |name: Option<&Name>| name.is_some_and(|name| KNOWN.contains(&name.as_str()));
    item.attrs.iter().any(|attr| !known(attr.path.first()) && !known(attr.path.last()))
}

/// Does code of a package that is built with this one name the function?
fn is_named(crates: &Crates, built: &Built<'_>) -> bool {
    let users =
        crates.packages().map(|(index, ..)| index).filter(|index| crates.built_with(*index).contains(&built.package));
    users.flat_map(|index| crates.modules_of(index)).any(|module| {
        let tested = only_in_tests(crates.condition_of(module));
        !tested && crates.items_of(module).into_iter().any(|(item, _)| item_names(crates, module, item, built.item))
    })
}

fn item_names(crates: &Crates, module: ModuleId, item: &Item, wanted: &Item) -> bool {
    if only_in_tests(&item.condition) || std::ptr::eq(item, wanted) {
        return false;
    }
    match &item.kind {
        // What imports bring, code names.
        ItemKind::Use(_) | ItemKind::Mod { .. } => false,
        ItemKind::Impl(_) | ItemKind::Trait(_) => {
            crates.members(item).iter().any(|member| item_names(crates, module, member, wanted))
        }
        _ => item.mentions(&wanted.name).iter().any(|path| names(crates, module, path, (item, wanted))),
    }
}

/// Does a path in `item` name the function? Where that is not known, it may.
fn names(crates: &Crates, module: ModuleId, path: &[&str], (item, wanted): (&Item, &Item)) -> bool {
    if path.first() == Some(&".") {
        return matches!(&wanted.kind, ItemKind::Fn(function) if function.receiver.is_some());
    }
    let segments: Vec<Name> = path.iter().map(|segment| segment.trim_start_matches("r#").into()).collect();
    match crates.resolve_names(module, false, &segments, Namespace::Value) {
        Resolved::Def(def) => crates.def(def).is_some_and(|found| std::ptr::eq(found.item, wanted)),
        Resolved::Foreign(_) => false,
        // A local, unless the body imports.
        Resolved::Unresolved if path.len() == 1 => item.holds_word("use"),
        _ => true,
    }
}
