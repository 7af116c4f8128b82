//! Routes that stand only in code: `Router::new().route("/x", get(h)).nest("/y", sub())`, actix-web's tables, salvo's and
//! poem's trees. What functions build is worked out as values, across functions, modules and crates; a router that
//! nothing takes up is served as it is.

mod aide;
mod blind;
mod branches;
mod builders;
mod built;
mod by_hand;
mod callers;
mod calls;
mod contents;
mod either;
mod evaluate;
mod exits;
mod extensions;
mod extracts;
mod files;
mod filters;
mod foreign;
mod frame;
mod functions;
mod handlers;
mod kind;
pub(super) mod layers;
mod lists;
mod loops;
mod macros;
mod mounted;
mod mounts;
mod names;
mod orders;
mod places;
mod registries;
mod roots;
mod serve;
mod servers;
mod text;
mod traits;
mod value;
mod words;

use super::Served;
use crate::extract::crates::{Crates, ModuleId};
use crate::model::{BlindSpot, Mount};
use crate::syntax::facts::Item;
use blind::Unread;
use built::{Built, Dispatch};
use evaluate::{Evaluation, address};
use kind::Kind;
use std::collections::{BTreeMap, BTreeSet};
use value::{Origin, Route, Router};

pub(super) use kind::root;
pub(super) use serve::apply;
pub(super) use value::Answering;

/// The routes of all packages of one side, by the package whose code serves them.
#[derive(Debug, Default)]
pub struct Routers<'a> {
    packages: BTreeMap<usize, Found<'a>>,
    /// Handlers that some router reaches, and the packages of those routers.
    reached: BTreeMap<String, BTreeSet<usize>>,
    /// Rows whose handlers some router mounts.
    mounting: BTreeSet<&'static str>,
    /// The kinds of the routers that servers are handed.
    serving: BTreeSet<Kind>,
    /// What could not be read, by the packages of which it may serve something.
    blind: BTreeMap<usize, BTreeSet<Unread>>,
}

#[derive(Debug, Default)]
struct Found<'a> {
    routes: Vec<Route<'a>>,
    /// What nothing else takes up: a route says by number which of them serves it.
    servers: Vec<Origin>,
    /// The kinds of those that a server is handed.
    serving: BTreeSet<Kind>,
    blind_spots: BTreeSet<BlindSpot>,
}

impl<'a> Found<'a> {
    /// One more server; `function` is where it was found, and whether that hands it back.
    fn take(&mut self, router: Router<'a>, function: &str, handed_back: bool) {
        let mut origin = Origin { handed_back, ..router.origin.clone() };
        if origin.function.is_empty() {
            function.clone_into(&mut origin.function);
        }
        let (server, origin_served) = (self.servers.len(), origin.served);
        self.servers.push(origin);
        if origin_served || router.kind == Kind::Dropshot {
            self.serving.insert(router.kind);
        }
        self.blind_spots.extend(mounts::unmounted(&router));
        let router = if origin_served { filters::whole(router, &mut self.blind_spots) } else { router };
        let routes = router.all().into_iter().filter(filters::is_whole);
        self.routes.extend(routes.map(|route| Route { server, ..route }));
    }

    fn extend(&mut self, other: Self) {
        let before = self.servers.len();
        self.servers.extend(other.servers);
        self.routes.extend(other.routes.into_iter().map(|route| Route { server: before + route.server, ..route }));
        self.serving.extend(other.serving);
        self.blind_spots.extend(other.blind_spots);
    }
}

impl<'a> Routers<'a> {
    /// Reads every function that builds routers.
    #[must_use]
    pub fn of(crates: &'a Crates) -> Self {
        let mut evaluation = Evaluation::new(crates);
        let mut built: Vec<Built<'a>> = Vec::new();
        for (package, ..) in crates.packages() {
            for function in roots::functions(crates, package) {
                built.extend(Built::of_function(&mut evaluation, package, function));
            }
            for found in roots::statics(crates, package) {
                built.extend(Built::of_static(&mut evaluation, package, found));
            }
        }
        callers::read(&mut evaluation, &mut built);
        let instances: BTreeSet<usize> = built.iter().filter(|one| one.given).map(|one| address(one.item)).collect();
        let called = built.iter().filter(|one| one.is_called(&evaluation));
        let dispatched: BTreeSet<Dispatch> = called.filter_map(|one| one.dispatch.clone()).collect();
        // What a trait gives its types is read as they have it.
        let as_given = |one: &Built<'_>| one.given || !instances.contains(&address(one.item));
        built.retain(|one| !one.is_called(&evaluation) && as_given(one));
        let mut out = Self { blind: blind(crates, &built), ..Self::default() };
        for one in &mut built {
            // Where code that was read calls the method of another type, it would be seen to call this one.
            let read = one.dispatch.as_ref().is_some_and(|dispatch| dispatched.contains(dispatch));
            if read && !out.is_blind(one.package) {
                (one.dispatch, one.read) = (None, true);
            }
            one.hand_on(crates);
        }
        mounted::settle(crates, &mut built, &out.blind);
        for one in built {
            out.packages.entry(one.package).or_default().extend(one.found);
        }
        out.index();
        out
    }

    fn index(&mut self) {
        for (package, found) in &self.packages {
            self.serving.extend(&found.serving);
            for route in &found.routes {
                self.reached.entry(route.target.path.clone()).or_default().insert(*package);
                if route.methods.is_empty() {
                    self.mounting.insert(route.kind.id());
                }
            }
        }
    }

    /// May something of this package be mounted by what could not be read?
    #[must_use]
    pub fn is_blind(&self, package: usize) -> bool {
        self.blind.contains_key(&package)
    }

    /// Do routers of this package serve something, and was every router read?
    #[must_use]
    pub fn are_known(&self, package: usize) -> bool {
        !self.is_blind(package) && self.packages.get(&package).is_some_and(|found| !found.routes.is_empty())
    }

    /// The handlers of other packages that routers of this one reach.
    pub fn from_elsewhere(&self, crates: &Crates, package: usize) -> Vec<(ModuleId, &'a Item)> {
        let routes = self.packages.get(&package).into_iter().flat_map(|found| &found.routes);
        let functions = routes.filter_map(|route| route.target.function.as_ref());
        let mut seen = BTreeSet::new();
        functions
            .filter(|named| crates.package_of_module(named.scope.module) != Some(package))
            .filter(|named| seen.insert(address(named.item)))
            .map(|named| (named.scope.module, named.item))
            .collect()
    }

    /// Do routers of other packages reach this handler, and none of this one?
    #[must_use]
    pub fn is_elsewhere(&self, handler: &str, package: usize) -> bool {
        self.reached.get(handler).is_some_and(|packages| !packages.contains(&package))
    }

    /// Is this handler, which an attribute describes and no router reaches, served by something? By nothing where every
    /// router was read, and handlers of its kind are served where routers mount them.
    /// `described` says that routers reach others that utoipa's attribute describes.
    fn serves(&self, package: usize, served: &Served, described: bool) -> Mount {
        let mounted = match served.framework {
            // What a trait describes is served as a whole; and one package may only offer what others register.
            "dropshot" => {
                let registers = |found: &Found<'_>| found.serving.contains(&Kind::Dropshot);
                !served.of_trait && self.packages.get(&package).is_some_and(registers)
            }
            "utoipa" => described || self.mounting.contains("axum"),
            "poem-openapi" => self.mounting.contains("poem"),
            other => self.mounting.contains(other) || self.serving.iter().any(|kind| kind.id() == other),
        };
        match mounted {
            true if self.blind.get(&package).is_some_and(|all| all.iter().any(|one| one.may_be(served))) => {
                Mount::Unknown
            }
            true => Mount::No,
            false => Mount::Yes,
        }
    }
}

/// What could not be read, by the packages of which it may serve something: the one where it stands, and all that this is
/// built with.
fn blind(crates: &Crates, built: &[Built<'_>]) -> BTreeMap<usize, BTreeSet<Unread>> {
    let mut out: BTreeMap<usize, BTreeSet<Unread>> = BTreeMap::new();
    for one in built.iter().filter(|one| !one.hidden.is_empty()) {
        for package in crates.built_with(one.package) {
            out.entry(package).or_default().extend(one.hidden.iter().cloned());
        }
    }
    out
}
