//! Routes that stand only in code: `Router::new().route("/x", get(h)).nest("/y", sub())`, actix-web's tables, salvo's and
//! poem's trees. What functions build is worked out as values, across functions, modules and crates; a router that
//! nothing takes up is served as it is.

mod calls;
mod evaluate;
mod expression;
mod names;
mod parse;
mod pattern;
mod text;
mod value;
mod words;

use super::draft::Draft;
use super::handler::handler;
use super::{Reading, Served, Site, answer, template};
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved, Scope, Ty};
use crate::model::{
    BlindSpot, BlindSpotKind, Condition, Http, Lifetime, MethodSet, PathTemplate, Prefix, Published, Stability,
};
use crate::syntax::facts::{Function, ItemKind, Type};
use evaluate::{Evaluation, address};
use std::collections::{BTreeMap, BTreeSet};
use value::{Named, Route, Value};

/// The routes of all packages of one side, by the package whose code serves them.
#[derive(Debug, Default)]
pub struct Routers<'a> {
    packages: BTreeMap<usize, Found<'a>>,
}

#[derive(Debug, Default)]
struct Found<'a> {
    routes: Vec<Route<'a>>,
    blind_spots: BTreeSet<BlindSpot>,
}

impl<'a> Routers<'a> {
    /// Reads every function that builds routers.
    #[must_use]
    pub fn of(crates: &'a Crates) -> Self {
        let mut evaluation = Evaluation::new(crates);
        let mut built: Vec<(usize, usize, Found<'a>)> = Vec::new();
        let packages: Vec<usize> = crates.packages().map(|(index, ..)| index).collect();
        for package in packages {
            for (function, somewhere) in functions(crates, package) {
                let outcome = evaluation.call(&function, Vec::new());
                let blind_spots = std::mem::take(&mut evaluation.blind_spots);
                let Some(outcome) = outcome else { continue };
                let routers = outcome.value.routers().into_iter().chain(outcome.loose);
                let routers = routers.chain(outcome.parameters.into_iter().flat_map(Value::routers));
                let mut routes: Vec<Route<'a>> = routers.flat_map(value::Router::all).collect();
                if somewhere {
                    for route in &mut routes {
                        route.path.prefix = Prefix::Unknown;
                    }
                }
                built.push((package, address(function.item), Found { routes, blind_spots }));
            }
        }
        let mut out = Self::default();
        for (package, function, found) in built {
            if !evaluation.called.contains(&function) {
                let all = out.packages.entry(package).or_default();
                all.routes.extend(found.routes);
                all.blind_spots.extend(found.blind_spots);
            }
        }
        out
    }
}

/// The functions of a package that may build routers; the flag says that a trait of this side hands them on, nobody knows
/// where to.
fn functions(crates: &Crates, package: usize) -> Vec<(Named<'_>, bool)> {
    let mut out = Vec::new();
    for module in crates.modules_of(package) {
        let plain = Scope { module, params: BTreeMap::new(), self_ty: None };
        for (item, def) in crates.items_of(module) {
            match &item.kind {
                ItemKind::Fn(function) if builds(function) => {
                    let Some(found) = def.and_then(|def| crates.def(def)) else { continue };
                    let (path, condition) = (found.path.to_owned(), found.condition.clone());
                    out.push((Named { item, scope: plain.clone(), path, condition }, false));
                }
                ItemKind::Impl(fact) => {
                    let members = crates.members(item).iter().filter(|member| is_builder(&member.kind));
                    let mut members = members.peekable();
                    if members.peek().is_none() {
                        continue;
                    }
                    let scope = crates.impl_scope(module, fact);
                    let Some(owner) = scope.self_ty.as_ref().and_then(owner) else { continue };
                    let somewhere = fact
                        .trait_path
                        .as_ref()
                        .is_some_and(|path| matches!(crates.resolve(module, path, Namespace::Type), Resolved::Def(_)));
                    for member in members {
                        let mut named = Evaluation::new(crates).member(owner, member, scope.clone());
                        named.condition = named.condition.and(crates.given(module, &item.condition));
                        out.push((named, somewhere));
                    }
                }
                _ => {}
            }
        }
    }
    out.retain(|(named, _)| !only_in_tests(&named.condition) && !is_test(named));
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

fn is_builder(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Fn(function) if builds(function))
}

/// Does it hold a router's word, or hand a router back?
fn builds(function: &Function) -> bool {
    const WORDS: &[&str] = &[
        "Router",
        ".route",
        ".nest",
        ".merge(",
        ".service(",
        ".configure(",
        "App::new",
        "scope(",
        "resource(",
        "Route::new",
        ".api_route",
        ".typed_",
        ".at(",
    ];
    let Some(body) = &function.body else { return false };
    let hands_back = match &function.ret {
        Some(Type::Path { path, .. }) => path.segments.last().is_some_and(|last| last.name.contains("Rout")),
        _ => false,
    };
    hands_back || WORDS.iter().any(|word| body.text.contains(word))
}

/// Adds what the package's routers serve to what attributes state.
pub(super) fn apply(reading: &mut Reading<'_, '_>, routers: &Routers<'_>, package: usize) {
    let Some(found) = routers.packages.get(&package) else { return };
    reading.blind_spots.extend(found.blind_spots.iter().cloned());
    let mut by_handler: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, served) in reading.served.iter().enumerate() {
        by_handler.entry(served.handler.clone()).or_default().push(index);
    }
    let mut seen = BTreeSet::new();
    for route in &found.routes {
        if route.condition == Condition::Never {
            continue;
        }
        for method in &route.methods {
            let identity = (method.clone(), route.path.clone(), route.target.path.clone(), route.condition.clone());
            if seen.insert(identity) {
                let stated = by_handler.get(&route.target.path).map_or(&[][..], Vec::as_slice);
                one(reading, route, method, stated);
            }
        }
    }
}

/// One method of one route; `stated` are the routes that attributes on its handler state.
fn one(reading: &mut Reading<'_, '_>, route: &Route<'_>, method: &MethodSet, stated: &[usize]) {
    let mut differs = None;
    let mut described = None;
    for at in stated {
        let Some(known) = reading.served.get_mut(*at) else { continue };
        if !known.methods.contains(method) && *method != MethodSet::Any {
            continue;
        }
        match longer(&known.path, &route.path) {
            Some(path) => {
                known.path = path;
                return;
            }
            None if known.framework == "utoipa" => {
                differs = Some((known.place.clone(), known.path.render()));
                described = Some(known.http.clone());
            }
            None => {}
        }
    }
    if let Some((place, documented)) = differs {
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::PublishedDiffers,
            place: Some(place),
            detail: format!(
                "`{}` is served at `{method} {}`, its attribute says `{documented}`: both are listed",
                route.target.path,
                route.path.render()
            ),
            hides: None,
        });
    }
    let methods = vec![method.clone()];
    let read = http(reading, route, &methods);
    let documented = route.target.function.as_ref().is_some_and(|named| named.item.documented);
    reading.served.push(Served {
        framework: route.kind.id(),
        methods,
        path: route.path.clone(),
        http: described.unwrap_or(read),
        lifetime: Lifetime::default(),
        stability: Stability::Stable,
        published: Published::Unknown,
        condition: route.condition.clone(),
        service: String::new(),
        handler: route.target.path.clone(),
        documented,
        place: route.place.clone(),
    });
}

/// The whole of two paths of one handler, when one of them ends as the other: a prefix that only one of them knows.
fn longer(stated: &PathTemplate, served: &PathTemplate) -> Option<PathTemplate> {
    let known =
        |path: &PathTemplate| PathTemplate { prefix: Prefix::Known, ..template::settle(path.clone()) }.identity();
    let (stated_text, served_text) = (known(stated), known(served));
    if stated_text == served_text {
        return Some(if stated.prefix == Prefix::Known { stated.clone() } else { served.clone() });
    }
    if served.prefix == Prefix::Unknown && stated_text.ends_with(&served_text) {
        return Some(stated.clone());
    }
    if stated_text.ends_with(&served_text) && served_text != "/" {
        return Some(stated.clone());
    }
    (served_text.ends_with(&stated_text) && stated_text != "/").then(|| served.clone())
}

/// What the handler reads and writes.
fn http(reading: &mut Reading<'_, '_>, route: &Route<'_>, methods: &[MethodSet]) -> Http {
    if let Some(named) = &route.target.function
        && let ItemKind::Fn(function) = &named.item.kind
    {
        let scope = reading.crates.scope_with(&named.scope, &function.generics);
        let site = site(named, &scope, named.scope.module);
        reading.lowering.stand(site.module, reading.crates.place(site.module, named.item.pos));
        return handler(reading, &site, function, methods, &route.path);
    }
    let responses = answer::answers(reading, &Ty::Other("a closure or service".to_owned()));
    Draft::new(&route.target.path, methods, &route.path).finish(reading, &route.place, responses)
}

fn site<'s>(named: &'s Named<'_>, scope: &'s Scope, module: ModuleId) -> Site<'s> {
    Site { item: named.item, def: None, module, container: None, condition: &named.condition, path: &named.path, scope }
}
