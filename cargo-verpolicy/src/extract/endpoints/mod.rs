//! What frameworks found and what marks say, to the endpoint set of a package.

mod attributes;
mod configured;
mod http;
mod named;
mod opaque;
mod public;

use super::crates::{Crates, ModuleId};
use super::framework::{self, Reading, Served, Site};
use super::lower::Lowering;
use super::marks::{Marks, PlacedMark};
use super::sites::{SiteData, sites};
use super::{MarkError, Marking, Options, Unmarked, Unresolved, sections};
use crate::model::{
    self, BlindSpot, BlindSpotKind, Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Lifetime, Place,
    Published, Stability, Step,
};
use crate::package::Package;
use crate::syntax::Kind;
use crate::syntax::facts::{Attr, AttrArgs, ItemKind, Name};
use foldhash::HashMap;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Reads one package.
pub(super) fn package_set<'a>(
    crates: &'a Crates,
    index: usize,
    package: &Package,
    options: &Options,
    attribute_names: &BTreeSet<Name>,
    routers: &framework::Routers<'a>,
) -> (EndpointSet, Vec<MarkError>, Vec<Unresolved>, Marking) {
    let data = sites(crates, index, routers);
    let sites: Vec<Site<'_>> = data.iter().map(SiteData::site).collect();
    let mut lowering = Lowering::new(crates).with_types(&options.types).with_features_of(index);
    let (mut served, mut blind_spots, runs) = (Vec::new(), Vec::new(), framework::Runs::default());
    framework::read_all(
        &mut Reading {
            crates,
            options,
            lowering: &mut lowering,
            served: &mut served,
            blind_spots: &mut blind_spots,
            runs: &runs,
        },
        &sites,
        routers,
        index,
    );
    let mut assembly = Assembly {
        crates,
        options,
        data: &data,
        sites: &sites,
        lowering,
        blind_spots,
        marks: Marks::new(crates, attribute_names),
        endpoints: Vec::new(),
        without_mark: Vec::new(),
        package: index,
        routers_known: routers.are_known(index) || !routers.is_blind(index) && data.iter().any(|site| site.elsewhere),
        public: OnceCell::new(),
        runs: &runs,
    };
    assembly.run(served);
    assembly.configured(package);
    assembly.attributes_of_types();
    if options.public_items {
        assembly.unmarked_items(package);
    } else {
        assembly.impls_of_marked();
    }
    let Assembly { lowering, mut blind_spots, marks, endpoints, without_mark, .. } = assembly;
    blind_spots.extend(lowering.blind_spots);
    let bodies = opaque::bodies(&endpoints, &lowering.shapes, &blind_spots);
    blind_spots.extend(bodies);
    blind_spots.extend(opaque::statuses(&endpoints, &lowering.shapes));
    blind_spots.extend(crates.blind_spots_of(index).cloned());
    blind_spots.extend(crates.choices_of(index));
    let blind_spots = reached_by_no_target(blind_spots, &endpoints);
    let set = EndpointSet {
        package: package.name.clone(),
        version: package.version.clone(),
        endpoints: in_order(endpoints),
        shapes: lowering.shapes,
        blind_spots: unique(blind_spots, &crates.names_of(index)),
        unread: crates.unread_of(index),
        features: package.features.clone(),
        followed: BTreeMap::new(),
    };
    let Marks { errors, mut unresolved, mut stated, .. } = marks;
    unresolved.sort();
    unresolved.dedup();
    stated.sort();
    stated.dedup();
    (set, errors, unresolved, Marking { unmarked: without_mark, stated })
}

/// A handler that one target of the package serves is not unreached in another that only holds its file.
fn reached_by_no_target(mut spots: Vec<BlindSpot>, endpoints: &[Endpoint]) -> Vec<BlindSpot> {
    let served = endpoints.iter().filter(|endpoint| endpoint.framework.is_some());
    let served: BTreeSet<&Place> = served.filter_map(|endpoint| endpoint.mark_place.as_ref()).collect();
    spots.retain(|spot| {
        let about_mark = matches!(spot.kind, BlindSpotKind::UnreachedHandler | BlindSpotKind::UnknownRoute);
        !about_mark || spot.place.as_ref().is_none_or(|place| !served.contains(place))
    });
    spots
}

/// Endpoints sorted by key, then place. What a library and a binary of one package both hold (a file that both read)
/// counts once.
fn in_order(endpoints: Vec<Endpoint>) -> Vec<Endpoint> {
    let mut seen = BTreeSet::new();
    let mut out: Vec<Endpoint> = Vec::with_capacity(endpoints.len());
    for endpoint in endpoints {
        let identity = match &endpoint.key {
            EndpointKey::Http { .. } => endpoint.identity(),
            EndpointKey::Named { kind, path } => {
                format!("{}:{}", kind.word(), path.split_once("::").map_or(path.as_str(), |(_, rest)| rest))
            }
        };
        let life = &endpoint.lifetime;
        let where_and_when = (endpoint.place.clone(), endpoint.condition.clone());
        let key = (identity, where_and_when, life.since.clone(), life.removed.clone(), endpoint.edition.clone());
        if seen.insert(key) {
            out.push(endpoint);
        }
    }
    out.sort_by(|a, b| (&a.key, &a.place).cmp(&(&b.key, &b.place)));
    without_equals(out)
}

/// Handlers of one route under several conditions are told apart only where they differ.
fn without_equals(endpoints: Vec<Endpoint>) -> Vec<Endpoint> {
    let mut out: Vec<Endpoint> = Vec::with_capacity(endpoints.len());
    for endpoint in endpoints {
        let differs = endpoint.kind() != model::Kind::Http;
        let same_route = out.iter_mut().rev().take_while(|other| !differs && other.key == endpoint.key);
        let mut others = same_route.filter(|other| other.condition != endpoint.condition);
        let equal = others.find(|other| {
            let Endpoint { condition, place, handler, mark_place, .. } = Endpoint::clone(other);
            Endpoint { condition, place, handler, mark_place, ..endpoint.clone() } == **other
        });
        match equal {
            Some(other) => other.condition = std::mem::take(&mut other.condition).or(endpoint.condition),
            None => out.push(endpoint),
        }
    }
    out
}

/// Blind spots sorted; one that several targets of the package share (a file that they all read) counts once.
fn unique(mut spots: Vec<BlindSpot>, crate_names: &[String]) -> Vec<BlindSpot> {
    spots.sort();
    let in_any_crate = |detail: &str| {
        let mut detail = detail.to_owned();
        for name in crate_names.iter().filter(|_| crate_names.len() > 1) {
            detail = detail.replace(&format!("{name}::"), "crate::");
        }
        detail
    };
    let mut seen = BTreeSet::new();
    spots.retain(|spot| {
        spot.place.is_none() || seen.insert((spot.kind, spot.place.clone(), in_any_crate(&spot.detail)))
    });
    spots.dedup();
    spots
}

struct Assembly<'a, 'd> {
    crates: &'a Crates,
    options: &'a Options,
    data: &'d [SiteData<'a>],
    sites: &'d [Site<'d>],
    lowering: Lowering<'a>,
    blind_spots: Vec<BlindSpot>,
    marks: Marks<'a>,
    endpoints: Vec<Endpoint>,
    without_mark: Vec<Unmarked>,
    package: usize,
    /// Routers serve handlers of this package, and every one was read.
    routers_known: bool,
    /// Read when the first item asks.
    public: OnceCell<public::Public<'a>>,
    runs: &'d framework::Runs,
}

/// The marks that concern one site.
#[derive(Clone, Copy)]
struct Marked<'m> {
    /// Its own.
    own: &'m [PlacedMark],
    /// Those of the impl or trait around it.
    around: &'m [PlacedMark],
    /// Another member of the impl or trait around it is served.
    among_served: bool,
}

impl Marked<'_> {
    /// Own marks that state no route and say no other kind than `http`; else those around.
    fn general(&self) -> Vec<&PlacedMark> {
        let fits = |mark: &&PlacedMark| mark.mark.route.is_none() && matches!(mark.kind(), None | Some(Kind::Http));
        let own: Vec<&PlacedMark> = self.own.iter().filter(fits).collect();
        if self.own.is_empty() {
            return self.around.iter().filter(fits).filter(|mark| mark.is_promise()).collect();
        }
        own
    }

    fn section(&self) -> Option<String> {
        self.own.iter().chain(self.around).find_map(PlacedMark::section).map(str::to_owned)
    }
}

impl<'d> Assembly<'_, 'd> {
    fn run(&mut self, served: Vec<Served>) {
        let own: Vec<Vec<PlacedMark>> = self
            .data
            .iter()
            .map(|site| if site.elsewhere { Vec::new() } else { self.marks.of(site.module, &site.item.attrs) })
            .collect();
        let mut by_site = self.by_site(served);
        let busy: BTreeSet<usize> = by_site.keys().filter_map(|site| self.data.get(*site)?.container_site).collect();
        for (index, site) in self.data.iter().enumerate() {
            let marks_at = |at: usize| own.get(at).map_or(&[][..], Vec::as_slice);
            let marked = Marked {
                own: marks_at(index),
                around: site.container_site.map_or(&[], marks_at),
                among_served: site.container_site.is_some_and(|at| busy.contains(&at)),
            };
            let served = by_site.remove(&index).unwrap_or_default();
            self.member_marks(index, marked.own);
            if !site.elsewhere && served.is_empty() && marked.own.is_empty() {
                self.unknown_attribute(&site.site());
            }
            if site.elsewhere || served.is_empty() && marked.own.is_empty() && marked.around.is_empty() {
                continue;
            }
            self.site(index, marked, served);
        }
        let none = Marked { own: &[], around: &[], among_served: false };
        for served in by_site.into_values().flatten() {
            self.unmarked(&served, none, None);
        }
    }

    /// What was found, by the site of its handler; what has none under the number behind the last.
    fn by_site(&self, served: Vec<Served>) -> BTreeMap<usize, Vec<Served>> {
        let mut paths: HashMap<&str, Vec<usize>> = HashMap::default();
        for (index, site) in self.data.iter().enumerate() {
            paths.entry(site.path.as_str()).or_default().push(index);
        }
        let mut out: BTreeMap<usize, Vec<Served>> = BTreeMap::new();
        for served in served {
            let candidates = paths.get(served.handler.as_str()).map_or(&[][..], Vec::as_slice);
            let distance = |index: &usize| {
                let Some(site) = self.data.get(*index) else { return (2, true, u32::MAX) };
                let place = self.crates.place(site.module, site.item.pos);
                let other_build = match site.condition == served.condition {
                    true => 0,
                    false => 1 + i32::from(site.condition.excludes(&served.condition)),
                };
                (other_build, place.file != served.place.file, place.line.abs_diff(served.place.line))
            };
            let site = candidates.iter().copied().min_by_key(distance).unwrap_or(self.data.len());
            out.entry(site).or_default().push(served);
        }
        out
    }

    fn site(&mut self, index: usize, marked: Marked<'_>, served: Vec<Served>) {
        let Some(site) = self.sites.get(index).copied() else { return };
        let is_served = !served.is_empty();
        if is_served {
            self.served(&site, marked, &served);
        }
        for mark in marked.own {
            match mark.kind() {
                Some(Kind::Http) if mark.mark.route.is_some() && !is_served => self.stated(&site, marked, mark),
                Some(Kind::Http) if !is_served => self.without_route(&site, mark),
                Some(Kind::Http) => {}
                None if is_served => {}
                None if self.is_handler(&site) => self.without_route(&site, mark),
                None => self.named(&site, marked, mark, Kind::Item),
                Some(kind) => self.named(&site, marked, mark, kind),
            }
        }
        if marked.own.is_empty() && !is_served && !marked.among_served {
            self.covered(&site, marked);
        }
    }

    fn is_handler(&self, site: &Site<'_>) -> bool {
        match &site.item.kind {
            ItemKind::Fn(function) => framework::looks_like_handler(self.crates, site, function),
            _ => false,
        }
    }

    /// A marked handler that no router reaches, where every router was read.
    fn unreached(&mut self, site: &Site<'_>, mark: &PlacedMark) {
        self.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnreachedHandler,
            place: Some(mark.place.clone()),
            detail: format!("`{}` is marked, and no router reaches it", site.path),
            hides: None,
        });
    }

    fn without_route(&mut self, site: &Site<'_>, mark: &PlacedMark) {
        if self.routers_known {
            return self.unreached(site, mark);
        }
        self.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnknownRoute,
            place: Some(mark.place.clone()),
            detail: format!(
                "`{}` is marked, but its route is not known: state it in the mark, `#[api(GET \"/…\", …)]`",
                site.path
            ),
            hides: Some(self.crates.module_path(site.module).to_owned()),
        });
    }

    /// What endpoints have beside key and content.
    fn endpoint(
        &mut self,
        site: Option<&Site<'d>>,
        (key, content): (EndpointKey, EndpointContent),
        marked: Marked<'_>,
        mark: Option<&PlacedMark>,
        mut lifetime: Lifetime,
        handler: &str,
    ) -> Endpoint {
        if let Some(mark) = mark {
            mark.apply_lifetime(&mut lifetime);
        }
        if lifetime.deprecated.is_none() {
            lifetime.deprecated = site.and_then(|site| deprecated(self.crates, site));
        }
        let is_item = matches!(key, EndpointKey::Named { kind: model::Kind::Item, .. });
        let route = match &key {
            EndpointKey::Http { path, .. } => Some(path.render()),
            EndpointKey::Named { .. } => None,
        };
        let section = mark
            .and_then(PlacedMark::section)
            .map(str::to_owned)
            .or_else(|| marked.section())
            .or_else(|| self.marks.module_section(site?.module))
            .or_else(|| sections::configured(self.options, handler, route.as_deref()));
        Endpoint {
            key,
            content,
            marked: mark.is_some() || lifetime.native,
            lifetime,
            stability: mark.and_then(PlacedMark::stability).unwrap_or(Stability::Stable),
            condition: site.map_or(Condition::Always, |site| site.condition.clone()),
            published: site.filter(|_| is_item).map_or(Published::Unknown, |site| published(self.crates, site)),
            behavior: mark.and_then(|mark| mark.mark.behavior.as_ref()).map(|behavior| behavior.value),
            edition: mark.and_then(PlacedMark::edition).map(str::to_owned),
            section,
            documented: site.is_some_and(|site| site.item.documented),
            handler: Some(handler.to_owned()),
            framework: None,
            place: site.map_or_else(
                || crate::model::Place { file: std::sync::Arc::from(""), line: 0, column: 0 },
                |site| self.crates.place(site.module, site.item.pos),
            ),
            mark_place: mark.map(|mark| mark.place.clone()),
        }
    }
}

/// An item is in the documentation unless `#[doc(hidden)]` takes it out.
fn published(crates: &Crates, site: &Site<'_>) -> Published {
    let hidden = |attr: &Attr| match (attr.path.as_slice(), &attr.args) {
        ([name], AttrArgs::List(tokens)) if name == "doc" => {
            tokens.metas().iter().any(|meta| meta.is("hidden"))
                && crates.given(site.module, &attr.condition) != Condition::Never
        }
        _ => false,
    };
    if site.item.attrs.iter().any(hidden) { Published::No } else { Published::Yes }
}

/// `#[deprecated]` on the item.
fn deprecated(crates: &Crates, site: &Site<'_>) -> Option<Step> {
    deprecated_by(crates, site.module, &site.item.attrs)
}

fn deprecated_by(crates: &Crates, module: ModuleId, attrs: &[Attr]) -> Option<Step> {
    let is = |attr: &&Attr| matches!(attr.path.as_slice(), [name] if name == "deprecated");
    let attr = attrs.iter().find(is)?;
    if crates.given(module, &attr.condition) == Condition::Never {
        return None;
    }
    let mut step = Step { version: String::new(), note: None, replaced_by: None };
    match &attr.args {
        AttrArgs::None => {}
        AttrArgs::Value(note) => step.note = note.string(),
        AttrArgs::List(tokens) => {
            for meta in tokens.metas() {
                match meta.word() {
                    Some("since") => step.version = meta.string().unwrap_or_default(),
                    Some("note") => step.note = meta.string(),
                    _ => {}
                }
            }
        }
    }
    Some(step)
}
