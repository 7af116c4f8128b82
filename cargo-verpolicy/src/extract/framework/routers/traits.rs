//! What traits give: methods of types of this side, and the text that these are shown as.

use super::calls::pointed;
use super::evaluate::Evaluation;
use super::value::{Named, Value};
use super::words;
use crate::extract::crates::{Scope, Ty};
use crate::syntax::facts::{ItemKind, Name};
use std::collections::BTreeMap;

impl<'a> Evaluation<'a> {
    /// The method of this name that a type of this side has: its own, or the one that its trait gives it.
    pub(super) fn own_method(&self, ty: &Ty, name: &str) -> Option<Named<'a>> {
        let Ty::Def(def, args) = pointed(ty) else { return None };
        let impls = self.crates.impls_for(*def);
        let own = impls.iter().find_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let method = fact.items.iter().find(|item| item.name == name)?;
            let scope = self.crates.impl_scope_of(item, *module, *def, args)?;
            Some(self.member(*def, method, scope))
        });
        own.or_else(|| {
            let segment =
                |name: &str| crate::syntax::facts::Segment { name: Name::new(name), args: Vec::new(), call: None };
            let path = crate::syntax::facts::Path { global: false, segments: vec![segment("Self"), segment(name)] };
            let module = self.crates.def(*def)?.module;
            let scope = Scope { module, params: BTreeMap::new(), self_ty: Some(Ty::Def(*def, args.clone())) };
            let (item, scope) = self.crates.value_item(&scope, &path)?;
            matches!(item.kind, ItemKind::Fn(_)).then(|| self.member(*def, item, scope))
        })
    }

    /// The method of this name in an impl of the trait of this name.
    pub(super) fn method_of(&self, ty: &Ty, of_trait: &str, name: &str) -> Option<Named<'a>> {
        let Ty::Def(def, args) = pointed(ty) else { return None };
        self.crates.impls_for(*def).into_iter().find_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            fact.trait_path.as_ref()?.segments.last().filter(|last| last.name == of_trait)?;
            let method = fact.items.iter().find(|item| item.name == name)?;
            let scope = self.crates.impl_scope_of(item, module, *def, args)?;
            Some(self.member(*def, method, scope))
        })
    }

    /// The text that a value of a type of this side is shown as: `impl Display`.
    pub(super) fn displayed(&mut self, value: &Value<'a>) -> Option<Value<'a>> {
        let ty = match value {
            Value::Variant(def, _) => Ty::Def(*def, Vec::new()),
            Value::Of(ty) | Value::Struct(ty, _) => ty.clone(),
            _ => return None,
        };
        let named = self.method_of(&ty, "Display", "fmt")?;
        let outcome = self.call(&named, vec![value.clone(), Value::Text(String::new())])?;
        match outcome.parameters.into_iter().next() {
            Some(text @ (Value::Text(_) | Value::OneOf(_))) => Some(text),
            _ => None,
        }
    }

    /// The function of this name that a trait of this side gives tuples of these types: `impl<A: Module, B: Module> Module
    /// for (A, B)`.
    pub(super) fn of_tuple(&self, types: &[Ty], name: &str) -> Option<Named<'a>> {
        self.crates.impls_abroad().find_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let member = fact.items.iter().find(|member| member.name == name)?;
            let mut scope = self.crates.impl_scope(module, fact);
            let Some(Ty::Tuple(params)) = scope.self_ty.take() else { return None };
            if params.len() != types.len() || !matches!(member.kind, ItemKind::Fn(_)) {
                return None;
            }
            for (param, ty) in params.iter().zip(types) {
                match param {
                    Ty::Param(name) => {
                        scope.params.insert(name.clone(), ty.clone());
                    }
                    known if known == ty => {}
                    _ => return None,
                }
            }
            scope.self_ty = Some(Ty::Tuple(types.to_vec()));
            let condition = self.crates.condition_of(module).clone().and(self.crates.given(module, &item.condition));
            let path = format!("{}::{}", self.crates.module_path(module), member.name);
            Some(Named { item: member, scope, path, condition })
        })
    }

    /// A method of a tuple.
    pub(super) fn tuple_method(&self, items: &[Value<'a>], name: &str) -> Option<Named<'a>> {
        let types = items.iter().map(|item| match item {
            Value::Of(ty) | Value::Struct(ty, _) => Some(ty.clone()),
            Value::Variant(def, _) => Some(Ty::Def(*def, Vec::new())),
            Value::List(_) => Some(Ty::Tuple(Vec::new())),
            _ => None,
        });
        let types: Option<Vec<Ty>> = types.collect();
        let found = types.filter(|types| !types.is_empty()).and_then(|types| self.of_tuple(&types, name));
        found.or_else(|| self.of_only_tuple(items.len(), name))
    }

    /// The function of this name that traits of this side give tuples of this length, where only one does.
    fn of_only_tuple(&self, length: usize, name: &str) -> Option<Named<'a>> {
        if words::OF_LISTS.contains(&name) {
            return None;
        }
        let mut all = self.crates.impls_abroad().filter_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let member = fact.items.iter().find(|member| member.name == name)?;
            let scope = self.crates.impl_scope(module, fact);
            let of_length = matches!(&scope.self_ty, Some(Ty::Tuple(types)) if types.len() == length);
            if !of_length || !matches!(member.kind, ItemKind::Fn(_)) {
                return None;
            }
            let condition = self.crates.condition_of(module).clone().and(self.crates.given(module, &item.condition));
            let path = format!("{}::{}", self.crates.module_path(module), member.name);
            Some(Named { item: member, scope, path, condition })
        });
        all.next().filter(|_| all.next().is_none())
    }

    /// `M::routes`, where `M` stands for a tuple.
    pub(super) fn tuple_function(&self, scope: &Scope, path: &crate::syntax::facts::Path) -> Option<Named<'a>> {
        let [base, member] = path.segments.as_slice() else { return None };
        let ty = match base.name.as_str() {
            "Self" => scope.self_ty.as_ref()?,
            name => scope.params.get(name)?,
        };
        match ty {
            Ty::Tuple(types) => self.of_tuple(types, &member.name),
            _ => None,
        }
    }
}
