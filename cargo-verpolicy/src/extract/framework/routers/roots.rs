//! Where reading begins: the functions and statics that may build routers, and those that hand functions or routers to them.

use super::built::Dispatch;
use super::evaluate::Evaluation;
use super::value::Named;
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved, Scope, Ty};
use crate::model::Condition;
use crate::syntax::facts::{Function, ImplFact, Item, ItemKind, Name, Path, TraitFact, Type};
use std::collections::BTreeMap;

/// The functions of a package that may build routers, and by which method of a trait of this side each is called, nobody
/// knows from where.
pub(super) fn functions(crates: &Crates, package: usize) -> Vec<(Named<'_>, Option<Dispatch>)> {
    those(crates, package, &|item| match &item.kind {
        ItemKind::Fn(function) => builds(function) || begins_here(item, function),
        _ => false,
    })
}

/// The functions of a package that `keep` picks, tests aside; those of traits with their methods.
pub(super) fn those<'a>(
    crates: &'a Crates,
    package: usize,
    keep: &dyn Fn(&Item) -> bool,
) -> Vec<(Named<'a>, Option<Dispatch>)> {
    let mut out = Vec::new();
    for module in crates.modules_of(package) {
        let plain = Scope { module, params: BTreeMap::new(), self_ty: None };
        for (item, def) in crates.items_of(module) {
            match &item.kind {
                ItemKind::Fn(_) if keep(item) => {
                    let Some(found) = def.and_then(|def| crates.def(def)) else { continue };
                    let (path, condition) = (found.path.to_owned(), found.condition.clone());
                    out.push((Named { item, scope: plain.clone(), path, condition }, None));
                }
                ItemKind::Trait(fact) => {
                    let Some(found) = def.and_then(|def| crates.def(def)) else { continue };
                    for member in fact.items.iter().filter(|member| keep(member)) {
                        let path = format!("{}::{}", found.path, member.name);
                        let condition = found.condition.clone().and(crates.given(module, &member.condition));
                        let dispatch = Some(dispatch(fact, &member.name));
                        out.push((Named { item: member, scope: plain.clone(), path, condition }, dispatch));
                    }
                }
                ItemKind::Impl(fact) => out.extend(of_impl(crates, module, item, fact, keep)),
                _ => {}
            }
        }
    }
    out.retain(|(named, _)| !only_in_tests(&named.condition) && !is_test(named));
    out
}

/// The members of an impl that `keep` picks, and those that its trait gives.
fn of_impl<'a>(
    crates: &'a Crates,
    module: ModuleId,
    item: &'a Item,
    fact: &'a ImplFact,
    keep: &dyn Fn(&Item) -> bool,
) -> Vec<(Named<'a>, Option<Dispatch>)> {
    let members: Vec<&Item> = crates.members(item).iter().filter(|member| keep(member)).collect();
    let of_trait = fact.trait_path.as_ref().and_then(|path| own_trait(crates, module, path));
    let left: Vec<_> = of_trait.iter().flat_map(|one| left_to(one, crates.members(item), keep)).collect();
    if members.is_empty() && left.is_empty() {
        return Vec::new();
    }
    let scope = crates.impl_scope(module, fact);
    let Some(owner) = scope.self_ty.as_ref().and_then(owner) else { return Vec::new() };
    let mut out = Vec::new();
    for (of_trait, name) in left {
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
fn left_to<'t>(of_trait: &'t TraitFact, own: &[Item], keep: &dyn Fn(&Item) -> bool) -> Vec<(&'t TraitFact, &'t Name)> {
    let builders = of_trait.items.iter().filter(|member| keep(member));
    let left = builders.map(|member| &member.name).filter(|name| !own.iter().any(|own| own.name == **name));
    left.map(|name| (of_trait, name)).collect()
}

fn dispatch(of_trait: &TraitFact, method: &Name) -> Dispatch {
    (std::ptr::from_ref(of_trait).addr(), method.clone())
}

/// The statics of a package that may hold routers: `static APP: LazyLock<Router> = …`.
pub(super) fn statics(crates: &Crates, package: usize) -> Vec<(&Item, Scope)> {
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

pub(super) fn only_in_tests(condition: &Condition) -> bool {
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

/// Is it no function that builds routers, and read only for methods and paths that it may match by hand?
pub(super) fn is_looked_through(function: &Named<'_>) -> bool {
    matches!(&function.item.kind, ItemKind::Fn(fact) if !hands_routes_back(fact) && fact.body.as_ref().is_some_and(|body| matches_by_hand(&body.text) && !has_word(&body.text)))
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
