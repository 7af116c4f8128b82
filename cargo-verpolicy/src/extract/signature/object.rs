//! Whether a trait can be made into a trait object.

use super::normal::Normal;
use crate::extract::crates::{ModuleId, Namespace, Resolved};
use crate::syntax::facts::{
    Bound, Function, GenericArg, GenericParam, Generics, Item, ItemKind, Path, Predicate, TraitFact, Type,
};
use std::collections::BTreeSet;

/// Traits of the standard library that cannot.
const NOT_DYN: [&str; 13] = [
    "std::clone::Clone",
    "std::marker::Copy",
    "std::marker::Sized",
    "std::default::Default",
    "std::cmp::Eq",
    "std::cmp::PartialEq",
    "std::cmp::Ord",
    "std::cmp::PartialOrd",
    "std::hash::Hash",
    "std::str::FromStr",
    "std::iter::FromIterator",
    "std::iter::Sum",
    "std::iter::Product",
];

/// What stands in the way of `dyn Trait`, its supertraits included; `None` where nothing is known to.
pub(super) fn obstacle(normal: &Normal<'_>, fact: &TraitFact) -> Option<String> {
    let crates = normal.around.crates;
    let mut waiting: Vec<(ModuleId, &TraitFact)> = vec![(normal.module, fact)];
    let mut seen = BTreeSet::new();
    while let Some((module, fact)) = waiting.pop() {
        if let Some(found) = fact.items.iter().find_map(member) {
            return Some(found);
        }
        let of_self = fact.generics.predicates.iter().filter_map(|predicate| match predicate {
            Predicate::Type { ty, bounds, .. } if is_self(ty) => Some(bounds),
            _ => None,
        });
        for bound in fact.supertraits.iter().chain(of_self.flatten()) {
            let Bound::Trait { path, maybe: false, .. } = bound else { continue };
            match crates.resolve(module, path, Namespace::Type) {
                Resolved::Foreign(name) if NOT_DYN.contains(&name.as_str()) => {
                    let partial = name.starts_with("std::cmp::Partial");
                    // `PartialEq<str>` does not speak of `Self`.
                    if !partial || path.segments.last().is_none_or(|last| last.args.is_empty()) {
                        return Some(format!("`{name}` stands in the way"));
                    }
                }
                Resolved::Def(def) if seen.insert(def) => {
                    if let Some(found) = crates.def(def)
                        && let ItemKind::Trait(fact) = &found.item.kind
                    {
                        waiting.push((found.module, fact));
                    }
                }
                _ => {}
            }
        }
    }
    None
}

fn member(item: &Item) -> Option<String> {
    let name = &item.name;
    match &item.kind {
        ItemKind::Const { .. } => Some(format!("the constant `{name}` stands in the way")),
        ItemKind::Alias { generics, .. } if !generics.params.is_empty() && !asks_sized(generics) => {
            Some(format!("`{name}` has parameters"))
        }
        ItemKind::Fn(function) if !asks_sized(&function.generics) => {
            function_obstacle(function).map(|why| format!("`{name}` {why}"))
        }
        _ => None,
    }
}

fn function_obstacle(function: &Function) -> Option<&'static str> {
    let typed = |param: &GenericParam| !matches!(param, GenericParam::Lifetime { .. });
    let speaks = |ty: &Type| mentions(ty, &|ty| is_self(ty));
    let opaque = |ty: &Type| mentions(ty, &|ty| matches!(ty, Type::Impl(_)));
    Some(match function {
        f if f.receiver.is_none() => "takes no `self`",
        f if f.generics.params.iter().any(typed) => "is generic",
        f if f.params.iter().any(|p| opaque(&p.ty)) => "takes an `impl Trait`",
        f if f.is_async || f.ret.as_ref().is_some_and(opaque) => "returns an `impl Trait`",
        f if f.params.iter().any(|p| speaks(&p.ty)) || f.ret.as_ref().is_some_and(speaks) => "speaks of `Self`",
        _ => return None,
    })
}

/// `where Self: Sized`
pub(super) fn asks_sized(generics: &Generics) -> bool {
    let sized = |bound: &Bound| match bound {
        Bound::Trait { maybe: false, path, .. } => path.segments.last().is_some_and(|last| last.name == "Sized"),
        _ => false,
    };
    generics.predicates.iter().any(|predicate| match predicate {
        Predicate::Type { ty, bounds, .. } => is_self(ty) && bounds.iter().any(sized),
        Predicate::Lifetime { .. } => false,
    })
}

fn is_self(ty: &Type) -> bool {
    matches!(ty, Type::Path { qself: None, path: Path { segments, .. } }
        if matches!(segments.as_slice(), [only] if only.name == "Self"))
}

/// Is it anywhere in the type? What stands in `Self::Item` is the item, not `Self`.
fn mentions(ty: &Type, wanted: &dyn Fn(&Type) -> bool) -> bool {
    if wanted(ty) {
        return true;
    }
    match ty {
        Type::Path { path, .. } => path.segments.iter().any(|segment| {
            let called = segment.call.iter().flat_map(|call| call.0.iter().chain(&call.1));
            let given = segment.args.iter().filter_map(|arg| match arg {
                GenericArg::Type(ty) | GenericArg::Assoc(_, ty) => Some(ty),
                _ => None,
            });
            called.chain(given).any(|ty| mentions(ty, wanted))
        }),
        Type::Ref { ty, .. } | Type::Ptr { ty, .. } | Type::Slice(ty) | Type::Array(ty, _) => mentions(ty, wanted),
        Type::Tuple(types) => types.iter().any(|ty| mentions(ty, wanted)),
        Type::FnPtr(pointer) => pointer.params.iter().chain(&pointer.ret).any(|ty| mentions(ty, wanted)),
        _ => false,
    }
}
