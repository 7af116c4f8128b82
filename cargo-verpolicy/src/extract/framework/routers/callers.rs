//! Code without a word of routers that hands something to functions which build them: `fn main() { serve(ui::routes) }`.
//! What such a function builds is known where it is called.

use super::built::{Built, Dispatch};
use super::evaluate::{Evaluation, address};
use super::value::Named;
use super::{roots, words};
use crate::extract::crates::{Crates, Namespace, Resolved, Ty};
use crate::model::{BlindSpot, BlindSpotKind};
use crate::syntax::facts::{Fields, GenericParam, Generics, Item, ItemKind, Name};
use memchr::memmem::Finder;
use std::collections::{BTreeMap, BTreeSet};

/// Fields of fields are looked into this deep.
const DEPTH: u32 = 3;

/// Callers of callers are looked for this often.
const ROUNDS: usize = 16;

/// A function that is looked for.
struct Wanted<'a> {
    item: &'a Item,
    /// The package that serves what it builds, whoever calls it: its own, where it has routes of its own.
    package: Option<usize>,
    /// The last segment of the type or trait that it belongs to.
    owner: Option<String>,
}

/// Does what the function builds depend on what it is handed: functions, routers, types that have some, or anything where
/// a path or a route could not be read without it?
pub(super) fn is_open(crates: &Crates, named: &Named<'_>, spots: &BTreeSet<BlindSpot>) -> bool {
    let ItemKind::Fn(function) = &named.item.kind else { return false };
    let of_types = |param: &GenericParam| !matches!(param, GenericParam::Lifetime { .. });
    if function.generics.params.iter().any(of_types) {
        return true;
    }
    let hidden = |spot: &BlindSpot| matches!(spot.kind, BlindSpotKind::UnknownRoute | BlindSpotKind::UnknownPrefix);
    if (!function.params.is_empty() || function.receiver.is_some()) && spots.iter().any(hidden) {
        return true;
    }
    let own = named.scope.self_ty.as_ref().filter(|_| function.receiver.is_some()).cloned();
    let types = function.params.iter().map(|param| crates.ty(&named.scope, &param.ty)).chain(own);
    let types: Vec<Ty> = types.collect();
    types.iter().any(|ty| carries(crates, ty, 0))
}

/// May a value of this type bring routes: a function, a router, something that has a trait, or holds such?
fn carries(crates: &Crates, ty: &Ty, depth: u32) -> bool {
    if depth > DEPTH {
        return false;
    }
    let any = |types: &[Ty]| types.iter().any(|ty| carries(crates, ty, depth + 1));
    let calls = |(path, _): &(String, Vec<Ty>)| {
        matches!(path.as_str(), "std::ops::Fn" | "std::ops::FnMut" | "std::ops::FnOnce") || is_own(crates, path)
    };
    match ty {
        Ty::Ref(inner) | Ty::Ptr(inner) | Ty::Slice(inner) | Ty::Array(inner, _) => carries(crates, inner, depth),
        Ty::Tuple(types) => any(types),
        Ty::Foreign(path, args) => words::router_of(ty).is_some() || words::router(path).is_some() || any(args),
        Ty::Impl(bounds) | Ty::Dyn(bounds) => bounds.iter().any(calls),
        Ty::Other(text) => text.contains("fn(") || text.contains("fn ("),
        Ty::Def(def, args) => {
            let Some(found) = crates.def(*def) else { return false };
            let scope = |generics: &Generics| crates.scope_of(*def, generics, args);
            let held = |generics: &Generics, fields: &Fields| {
                let (Fields::Named(fields) | Fields::Tuple(fields), Some(scope)) = (fields, scope(generics)) else {
                    return false;
                };
                fields.iter().any(|field| carries(crates, &crates.ty(&scope, &field.ty), depth + 1))
            };
            match &found.item.kind {
                ItemKind::Struct { generics, fields } => held(generics, fields),
                ItemKind::Enum { generics, variants, .. } => {
                    variants.iter().any(|variant| held(generics, &variant.fields))
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// Is it the path of a trait of this side?
fn is_own(crates: &Crates, path: &str) -> bool {
    let krate = path.split("::").next().unwrap_or_default();
    crates.packages().any(|(index, ..)| crates.names_of(index).iter().any(|name| name == krate))
}

/// Reads the functions that hand something to what was read and not called, and those that hand something to these.
pub(super) fn read<'a>(evaluation: &mut Evaluation<'a>, built: &mut Vec<Built<'a>>) {
    let (mut asked, mut packages) = (BTreeSet::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut open: Vec<&Built<'a>> = built.iter().filter(|one| one.open && !one.is_called(evaluation)).collect();
        open.retain(|one| asked.insert(address(one.item)));
        if open.is_empty() {
            return;
        }
        let known: BTreeSet<usize> = built.iter().map(|one| address(one.item)).collect();
        if packages.is_empty() {
            let all = evaluation.crates.packages().map(|(index, ..)| (index, evaluation.crates.built_with(index)));
            packages = all.collect();
        }
        for (package, caller) in of(evaluation.crates, &packages, &open, &known) {
            built.extend(Built::of_function(evaluation, package, caller));
        }
    }
}

/// The functions that name one of these, those that are known aside. Of each package stands beside it what it is built
/// with.
fn of<'a>(
    crates: &'a Crates,
    packages: &[(usize, BTreeSet<usize>)],
    open: &[&Built<'a>],
    known: &BTreeSet<usize>,
) -> Vec<(usize, (Named<'a>, Option<Dispatch>))> {
    let mut wanted: Vec<(Name, Wanted<'a>)> = Vec::new();
    // What a caller hands to several is served by the one that serves.
    let serves = |one: &Built<'a>| one.found.servers.iter().any(|origin| origin.served);
    let (first, then): (Vec<&Built<'a>>, Vec<&Built<'a>>) = open.iter().partition(|one| serves(one));
    for one in first.into_iter().chain(then) {
        let owner = one.path.rsplit("::").nth(1).filter(|_| one.given || one.dispatch.is_some());
        let own = (!one.found.routes.is_empty()).then_some(one.package);
        for name in crates.renames_of(&one.item.name).into_iter().chain([one.item.name.clone()]) {
            let found = Wanted { item: one.item, package: own, owner: owner.map(str::to_owned) };
            wanted.push((name, found));
        }
    }
    let finders: BTreeMap<&str, Finder<'_>> =
        wanted.iter().map(|(name, _)| (name.as_str(), Finder::new(name.as_str()))).collect();
    let sources: BTreeSet<usize> = open.iter().map(|one| one.package).collect();
    let mut out = Vec::new();
    for &(package, _) in packages.iter().filter(|(_, with)| !with.is_disjoint(&sources)) {
        let says = |item: &Item| {
            let is_function = matches!(item.kind, ItemKind::Fn(_));
            is_function && !known.contains(&address(item)) && finders.values().any(|name| item.says_word(name))
        };
        for caller in roots::those(crates, package, &says) {
            let item = caller.0.item;
            let said: BTreeSet<&str> =
                finders.iter().filter(|(_, name)| item.says_word(name)).map(|(name, _)| *name).collect();
            let mut said = wanted.iter().filter(|(name, _)| said.contains(name.as_str()));
            let serving = said.find(|(name, one)| one.is_named_in(crates, &caller.0, name));
            out.extend(serving.map(|(_, one)| (one.package.unwrap_or(package), caller)));
        }
    }
    out
}

impl Wanted<'_> {
    /// Does a path in the item name it? Where that is not known, it may.
    fn is_named_in(&self, crates: &Crates, named: &Named<'_>, name: &str) -> bool {
        if std::ptr::eq(self.item, named.item) {
            return false;
        }
        let owned = |segment: &str| self.owner.as_deref().is_none_or(|owner| owner == segment);
        let own = matches!(&named.scope.self_ty, Some(Ty::Def(def, _))
            if crates.def(*def).is_some_and(|def| owned(def.path.rsplit("::").next().unwrap_or_default())));
        named.item.mentions(name).iter().any(|path| match path.as_slice() {
            // A method: of a value of its type, which code that makes one mostly names.
            [".", _] => {
                let owner = self.owner.as_deref();
                let has = matches!(&self.item.kind, ItemKind::Fn(function) if function.receiver.is_some());
                has && owner.is_some_and(|owner| own || named.item.holds_word(owner))
            }
            [.., owner, _] if self.owner.is_some() => owned(owner) || *owner == "Self" && own,
            path => {
                let segments: Vec<Name> = path.iter().map(|segment| segment.trim_start_matches("r#").into()).collect();
                match crates.resolve_names(named.scope.module, false, &segments, Namespace::Value) {
                    Resolved::Def(def) => crates.def(def).is_some_and(|found| std::ptr::eq(found.item, self.item)),
                    Resolved::Foreign(_) => false,
                    Resolved::Unresolved => self.owner.is_none() && named.item.holds_word("use"),
                    _ => true,
                }
            }
        })
    }
}
