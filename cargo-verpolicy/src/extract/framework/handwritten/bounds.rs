//! What is known of a value by its traits alone: of a parameter, an `impl Trait` or a trait object.

use super::evaluate::Evaluation;
use super::methods::pointed;
use super::value::Value;
use crate::extract::crates::{ModuleId, Scope, Ty};
use crate::syntax::facts::{Bound, Function, GenericParam, ItemKind, Name, Predicate, Type};

/// Traits above a trait are looked at so far.
const DEPTH: u32 = 4;

/// The traits of a value behind pointers, all that is known of it.
pub(super) fn of(ty: &Ty) -> Option<&[(String, Vec<Ty>)]> {
    match ty {
        Ty::Dyn(bounds) | Ty::Impl(bounds) => Some(bounds),
        ty => of(pointed(ty)?),
    }
}

impl Evaluation<'_> {
    /// The scope inside a function, where parameters that nothing fixes stand for their traits.
    pub(super) fn inside(&self, function: &Function, scope: &Scope) -> Scope {
        if function.generics.params.is_empty() {
            return scope.clone();
        }
        let mut inner = self.crates.scope_with(scope, &function.generics);
        for param in &function.generics.params {
            let GenericParam::Type { name, bounds, .. } = param else { continue };
            // `handler::<S>` in a function with an `S` of its own fixes nothing.
            if !matches!(inner.params.get(name), Some(Ty::Param(_) | Ty::Unresolved(_))) {
                continue;
            }
            let also = function.generics.predicates.iter().filter_map(|predicate| match predicate {
                Predicate::Type { ty: Type::Path { qself: None, path }, bounds, .. } => {
                    matches!(path.segments.as_slice(), [only] if only.name == *name).then_some(bounds)
                }
                _ => None,
            });
            let all: Vec<Bound> = bounds.iter().chain(also.flatten()).cloned().collect();
            let ty = self.crates.ty(&inner, &Type::Impl(all));
            // Of what only traits of other crates are known, the name of the parameter says as much.
            if of(&ty).is_some_and(|bounds| bounds.iter().any(|(path, _)| self.is_own(inner.module, path))) {
                inner.params.insert(name.clone(), ty);
            }
        }
        inner
    }

    fn is_own(&self, module: ModuleId, path: &str) -> bool {
        let def = self.crates.named(module, path).and_then(|def| self.crates.def(def));
        def.is_some_and(|found| matches!(found.item.kind, ItemKind::Trait(_)))
    }

    /// What a method gives that a value has by one of these traits, or by those above them, as the trait declares it:
    /// what its implementations do nobody knows here.
    pub(super) fn bound_method(
        &self,
        module: ModuleId,
        bounds: &[(String, Vec<Ty>)],
        name: &Name,
        depth: u32,
    ) -> Option<Value> {
        bounds.iter().find_map(|(path, args)| {
            let def = self.crates.named(module, path)?;
            let found = self.crates.def(def)?;
            let ItemKind::Trait(fact) = &found.item.kind else { return None };
            let mut scope = self.crates.scope_of(def, &fact.generics, args)?;
            let declared = fact.items.iter().find_map(|item| match &item.kind {
                ItemKind::Fn(function) if item.name == *name => Some(function),
                _ => None,
            });
            match declared {
                Some(function) => {
                    scope.self_ty = Some(Ty::Def(def, args.clone()));
                    let ret = function.ret.as_ref();
                    Some(ret.map_or(Value::Empty, |ret| Value::of(&self.crates.ty(&scope, ret))))
                }
                None if depth < DEPTH => {
                    let above = self.crates.ty(&scope, &Type::Impl(fact.supertraits.clone()));
                    self.bound_method(found.module, of(&above)?, name, depth + 1)
                }
                None => None,
            }
        })
    }
}
