//! Routes that stand only in code: `Router::new().route("/x", get(h)).nest("/y", sub())`, actix-web's tables, salvo's and
//! poem's trees. What functions build is worked out as values, across functions, modules and crates; a router that
//! nothing takes up is served as it is.

mod aide;
mod branches;
mod builders;
mod by_hand;
mod calls;
mod contents;
mod either;
mod evaluate;
mod extensions;
mod extracts;
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
mod places;
mod registries;
mod serve;
mod servers;
mod text;
mod traits;
mod value;
mod words;

use super::Served;
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved, Scope, Ty};
use crate::model::{BlindSpot, BlindSpotKind, Condition, Mount};
use crate::syntax::facts::{Function, Item, ItemKind, Name, Path, TraitFact, Type};
use evaluate::{Evaluation, address};
use kind::Kind;
use mounted::{Built, Dispatch};
use std::collections::{BTreeMap, BTreeSet};
use value::{Named, Origin, Route, Router, Value};

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
    /// Packages of which something may be mounted by what could not be read.
    blind: BTreeSet<usize>,
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
        let (mut built, mut instances): (Vec<Built<'a>>, BTreeSet<usize>) = (Vec::new(), BTreeSet::new());
        let packages: Vec<usize> = crates.packages().map(|(index, ..)| index).collect();
        let mut cut_short = BTreeSet::new();
        for package in packages {
            for (function, dispatch) in functions(crates, package) {
                evaluation.begin(if is_looked_through(&function) { LOOKED_THROUGH } else { FOLLOWED });
                let outcome = evaluation.call_one(&function, Vec::new());
                let mut blind_spots = std::mem::take(&mut evaluation.blind_spots);
                let Some(outcome) = outcome else { continue };
                if evaluation.is_spent() && !is_looked_through(&function) && cut_short.insert(package) {
                    blind_spots.insert(unfinished(crates, &function));
                }
                let given = function.scope.self_ty.is_some();
                let launched =
                    function.item.attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "launch"));
                let back = if launched { outcome.value.served() } else { outcome.value.routers() };
                let left = outcome.parameters.into_iter().chain(outcome.receiver);
                let mut found = Found { blind_spots, ..Found::default() };
                for router in back.into_iter().chain(left.flat_map(Value::routers)) {
                    found.take(router, &function.path, true);
                }
                for router in outcome.loose {
                    found.take(router, &function.path, false);
                }
                let (item, module) = (function.item, function.scope.module);
                let is_main = item.name == "main" && crates.parent_of(module).is_none();
                if given {
                    instances.insert(address(item));
                }
                let (read, path) = (false, function.path);
                built.push(Built { package, module, item, is_main, dispatch, read, given, path, found });
            }
            evaluation.begin(FOLLOWED);
            for (item, scope) in statics(crates, package) {
                let ItemKind::Static { value: Some(value), .. } = &item.kind else { continue };
                let held = evaluation.constant(&scope, value);
                let blind_spots = std::mem::take(&mut evaluation.blind_spots);
                let mut found = Found { blind_spots, ..Found::default() };
                for router in held.routers() {
                    found.take(router, &format!("{}::{}", crates.module_path(scope.module), item.name), true);
                }
                built.push(Built {
                    package,
                    module: scope.module,
                    item,
                    is_main: false,
                    dispatch: None,
                    read: false,
                    path: String::new(),
                    given: false,
                    found,
                });
            }
        }
        let is_called = |one: &&Built<'_>| evaluation.called.contains(&address(one.item));
        let dispatched: BTreeSet<Dispatch> =
            built.iter().filter(is_called).filter_map(|one| one.dispatch.clone()).collect();
        // What a trait gives its types is read as they have it.
        let as_given = |one: &Built<'_>| one.given || !instances.contains(&address(one.item));
        built.retain(|one| !evaluation.called.contains(&address(one.item)) && as_given(one));
        let mut out = Self { blind: blind(crates, &built), ..Self::default() };
        for one in &mut built {
            // Where code that was read calls the method of another type, it would be seen to call this one.
            let read = one.dispatch.as_ref().is_some_and(|dispatch| dispatched.contains(dispatch));
            if read && !out.blind.contains(&one.package) {
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
        self.blind.contains(&package)
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
            true if self.is_blind(package) => Mount::Unknown,
            true => Mount::No,
            false => Mount::Yes,
        }
    }
}

/// Expressions that are evaluated of one function which nobody calls, and of what it calls.
const FOLLOWED: u32 = 500_000;

/// So of one that is read only for what it may match by hand.
const LOOKED_THROUGH: u32 = 20_000;

/// Is it no function that builds routers, and read only for methods and paths that it may match by hand?
fn is_looked_through(function: &Named<'_>) -> bool {
    matches!(&function.item.kind, ItemKind::Fn(fact) if !hands_routes_back(fact) && fact.body.as_ref().is_some_and(|body| !has_word(&body.text)))
}

/// Says that this function, and those behind it, were not evaluated to their ends.
fn unfinished(crates: &Crates, function: &Named<'_>) -> BlindSpot {
    let place = Some(crates.place(function.scope.module, function.item.pos));
    let detail = format!("so much code builds routers that from `{}` on not all of it was followed", function.path);
    BlindSpot { kind: BlindSpotKind::UnknownRoute, place, detail, hides: None }
}

/// The packages of which something may be mounted by what could not be read: where that is, and all that it is built
/// with.
fn blind(crates: &Crates, built: &[Built<'_>]) -> BTreeSet<usize> {
    let unread = |one: &&Built<'_>| one.found.blind_spots.iter().any(|spot| spot.kind == BlindSpotKind::UnknownRoute);
    let packages: BTreeSet<usize> = built.iter().filter(unread).map(|one| one.package).collect();
    packages.into_iter().flat_map(|package| crates.built_with(package)).collect()
}

/// The functions of a package that may build routers, and by which method of a trait of this side each is called, nobody
/// knows from where.
fn functions(crates: &Crates, package: usize) -> Vec<(Named<'_>, Option<Dispatch>)> {
    let mut out = Vec::new();
    for module in crates.modules_of(package) {
        let plain = Scope { module, params: BTreeMap::new(), self_ty: None };
        for (item, def) in crates.items_of(module) {
            match &item.kind {
                ItemKind::Fn(function) if builds(function) || begins_here(item, function) => {
                    let Some(found) = def.and_then(|def| crates.def(def)) else { continue };
                    let (path, condition) = (found.path.to_owned(), found.condition.clone());
                    out.push((Named { item, scope: plain.clone(), path, condition }, None));
                }
                ItemKind::Trait(fact) => {
                    let Some(found) = def.and_then(|def| crates.def(def)) else { continue };
                    for member in fact.items.iter().filter(|member| is_builder(&member.kind)) {
                        let path = format!("{}::{}", found.path, member.name);
                        let condition = found.condition.clone().and(crates.given(module, &member.condition));
                        let dispatch = Some(dispatch(fact, &member.name));
                        out.push((Named { item: member, scope: plain.clone(), path, condition }, dispatch));
                    }
                }
                ItemKind::Impl(fact) => {
                    let members = crates.members(item).iter().filter(|member| is_builder(&member.kind));
                    let scope = crates.impl_scope(module, fact);
                    let Some(owner) = scope.self_ty.as_ref().and_then(owner) else { continue };
                    let of_trait = fact.trait_path.as_ref().and_then(|path| own_trait(crates, module, path));
                    for (of_trait, name) in of_trait.iter().flat_map(|one| left_to(one, crates.members(item))) {
                        let ty = scope.self_ty.clone().unwrap_or(Ty::Tuple(Vec::new()));
                        if let Some(named) = Evaluation::new(crates).own_method(&ty, name) {
                            out.push((named, Some(dispatch(of_trait, name))));
                        }
                    }
                    for member in members {
                        let mut named = Evaluation::new(crates).member(owner, member, scope.clone());
                        named.condition = named.condition.and(crates.given(module, &item.condition));
                        out.push((named, of_trait.map(|of_trait| dispatch(of_trait, &member.name))));
                    }
                }
                _ => {}
            }
        }
    }
    out.retain(|(named, _)| !only_in_tests(&named.condition) && !is_test(named));
    out
}

/// The trait of this side at this path.
fn own_trait<'a>(crates: &'a Crates, module: ModuleId, path: &Path) -> Option<&'a TraitFact> {
    let Resolved::Def(def) = crates.resolve(module, path, Namespace::Type) else { return None };
    match &crates.def(def)?.item.kind {
        ItemKind::Trait(fact) => Some(fact),
        _ => None,
    }
}

/// The methods that a trait gives to a type which has these of its own.
fn left_to<'t>(of_trait: &'t TraitFact, own: &[Item]) -> Vec<(&'t TraitFact, &'t Name)> {
    let builders = of_trait.items.iter().filter(|member| is_builder(&member.kind));
    let left = builders.map(|member| &member.name).filter(|name| !own.iter().any(|own| own.name == **name));
    left.map(|name| (of_trait, name)).collect()
}

fn dispatch(of_trait: &TraitFact, method: &Name) -> Dispatch {
    (std::ptr::from_ref(of_trait).addr(), method.clone())
}

/// The statics of a package that may hold routers: `static APP: LazyLock<Router> = …`.
fn statics(crates: &Crates, package: usize) -> Vec<(&Item, Scope)> {
    let mut out = Vec::new();
    for module in crates.modules_of(package).into_iter().filter(|module| !only_in_tests(crates.condition_of(*module))) {
        let holds = |item: &&Item| match &item.kind {
            ItemKind::Static { value: Some(value), .. } => has_word(&value.text),
            _ => false,
        };
        let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
        let items = crates.items_of(module).into_iter().map(|(item, _)| item).filter(holds);
        out.extend(items.filter(|item| !only_in_tests(&item.condition)).map(|item| (item, scope.clone())));
    }
    out
}

fn owner(ty: &Ty) -> Option<crate::extract::crates::DefId> {
    match ty {
        Ty::Def(def, _) => Some(*def),
        Ty::Ref(inner) => owner(inner),
        _ => None,
    }
}

fn is_test(named: &Named<'_>) -> bool {
    named.item.attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "test" || name == "rstest"))
}

fn only_in_tests(condition: &Condition) -> bool {
    match condition {
        Condition::Never => true,
        Condition::Flag(name) => name == "test",
        Condition::All(all) => all.iter().any(only_in_tests),
        _ => false,
    }
}

/// Does the program begin here, and state types of what it calls? That may build routes which it has no word of.
fn begins_here(item: &Item, function: &Function) -> bool {
    item.name == "main" && function.body.as_ref().is_some_and(|body| body.text.contains("::<"))
}

fn is_builder(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Fn(function) if builds(function))
}

/// Does it hold a router's word, or hand a router back?
fn builds(function: &Function) -> bool {
    let Some(body) = &function.body else { return false };
    hands_routes_back(function) || has_word(&body.text) || matches_by_hand(&body.text)
}

fn hands_routes_back(function: &Function) -> bool {
    match &function.ret {
        Some(Type::Path { path, .. }) => path.segments.last().is_some_and(|last| last.name.contains("Rout")),
        _ => false,
    }
}

/// Does it match paths and methods that are written as text?
fn matches_by_hand(text: &str) -> bool {
    text.contains("match ") && ["\"GET\"", "\"POST\""].iter().any(|method| text.contains(method))
}

/// The words by which a body is seen to build routes, each cut before a byte that is rare in code: only around these is
/// compared.
const WORDS: &[(u8, &[(&str, &str)])] = &[
    (
        b'.',
        &[
            ("", ".route"),
            ("", ".nest"),
            ("", ".merge("),
            ("", ".service("),
            ("", ".configure("),
            ("", ".api_route"),
            ("", ".typed_"),
            ("", ".at("),
            ("", ".mount("),
            ("", ".attach("),
            ("", ".add_service("),
            ("", ".register("),
        ],
    ),
    (
        b':',
        &[
            ("App", "::new"),
            ("HttpServer", "::new"),
            ("Route", "::new"),
            ("Rocket", "::"),
            ("AdHoc", "::"),
            ("OpenApiService", "::new"),
            ("ServerBuilder", "::new"),
            ("warp", "::"),
        ],
    ),
    (
        b'(',
        &[
            ("axum::serve", "("),
            ("scope", "("),
            ("resource", "("),
            ("rocket::build", "("),
            ("rocket::custom", "("),
            ("service_fn", "("),
            ("", "(&Method::"),
            ("", "(Method::"),
        ],
    ),
    (b'!', &[("routes", "!"), ("_routes_spec", "!"), ("_merged_docs", "!")]),
    (b'R', &[("", "Router")]),
    (b'D', &[("Api", "Description")]),
    (b'H', &[("", "HttpServerStarter")]),
    (b'_', &[("serve", "_connection")]),
];

fn has_word(text: &str) -> bool {
    let holds = |text: &str| {
        let bytes = text.as_bytes();
        bytes.iter().enumerate().any(|(at, byte)| {
            let words = match byte {
                b'.' | b':' | b'(' | b'!' | b'R' | b'D' | b'H' | b'_' => WORDS.iter().find(|(mark, _)| mark == byte),
                _ => None,
            };
            let (before, behind) = bytes.split_at(at);
            let stands =
                |(start, end): &(&str, &str)| behind.starts_with(end.as_bytes()) && before.ends_with(start.as_bytes());
            words.is_some_and(|(_, words)| words.iter().any(stands))
        })
    };
    // What macros make is written with spaces between the tokens.
    let spaced = text.contains(" (") && (text.contains(" . ") || text.contains(" :: "));
    holds(text) || spaced && holds(&text.split_whitespace().collect::<String>())
}
