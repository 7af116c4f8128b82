//! What this side adds to the frameworks' routers: methods of its own traits (`impl RouterExt for Router`), and
//! conversions (`impl From<Api> for Router`).

use super::blind::Unread;
use super::evaluate::Evaluation;
use super::frame::{Frame, Outcome};
use super::kind::Kind;
use super::value::{Named, Router, Value};
use super::words;
use crate::extract::crates::{Namespace, Resolved, Scope, Ty};
use crate::extract::framework::own;
use crate::extract::framework::template::unknown;
use crate::model::{BlindSpotKind, MethodSet};
use crate::syntax::facts::{Item, ItemKind, Name, Pos};
use std::collections::BTreeMap;

/// One function that this side gives the routers of a framework.
#[derive(Clone, Debug)]
pub(super) struct Extension<'a> {
    /// Whose routers have it; `None` when all types do.
    kind: Option<Kind>,
    /// What it converts, for `From::from`.
    from: Option<Ty>,
    function: Named<'a>,
}

impl<'a> Evaluation<'a> {
    /// `.name(…)` on a router, when a trait of this side gives it: the router after it. `None` when none does.
    pub(super) fn extended(
        &mut self,
        frame: &mut Frame<'a>,
        router: &Router<'a>,
        name: &Name,
        values: &[Value<'a>],
        pos: Pos,
    ) -> Option<Value<'a>> {
        let fits = |one: &&Extension<'a>| {
            one.function.item.name == *name && one.from.is_none() && one.kind.is_none_or(|kind| kind == router.kind)
        };
        let function = self.extensions().iter().find(fits).map(|one| one.function.clone())?;
        let types = std::mem::take(&mut frame.turbofish);
        let mut function = self.given_types(&frame.scope, function, &types);
        function.condition = self.crates.seen_from(frame.scope.module, function.scope.module, function.condition);
        let ItemKind::Fn(fact) = &function.item.kind else { return None };
        let unread = fact.has_body && fact.body.is_none();
        let args = std::iter::once(Value::router(router.clone())).chain(values.iter().cloned()).collect();
        let Some(outcome) = self.call(&function, args) else {
            // A body without a word of routers is not kept: it adds none, unless it is handed one.
            if !unread || values.iter().any(Value::holds_router) {
                let detail = format!("what `.{name}(…)` in `{}` adds could not be read", frame.path);
                self.not_read(frame, pos, Unread::of(router.kind), detail);
            }
            return Some(Value::router(router.clone()));
        };
        let Outcome { value, receiver, loose, parameters: _ } = outcome;
        frame.loose.extend(loose);
        let is_router = |value: &Value<'a>| matches!(value, Value::Router(_));
        let mut made = receiver
            .filter(is_router)
            .or(Some(value).filter(is_router))
            .unwrap_or_else(|| Value::router(router.clone()));
        if let Value::Router(made) = &mut made
            && made.routes.len() == router.routes.len()
        {
            self.added_unseen(frame, made, name, values, pos);
        }
        Some(made)
    }

    /// Handlers that a method of this side is handed and adds in a way that is not read: each is served somewhere.
    fn added_unseen(
        &mut self,
        frame: &mut Frame<'a>,
        router: &mut Router<'a>,
        name: &Name,
        values: &[Value<'a>],
        pos: Pos,
    ) {
        for value in values {
            let Value::Function(named) = value else { continue };
            let ItemKind::Fn(fact) = &named.item.kind else { continue };
            let ty = |param: &crate::syntax::facts::Param| self.crates.ty(&named.scope, &param.ty);
            let is_layer = |ty: &Ty| matches!(ty, Ty::Foreign(path, _) if path.ends_with("::Next"));
            let types: Vec<Ty> = fact.params.iter().map(ty).collect();
            let answers = types.iter().any(|ty| own::is_extractor(self.crates, ty, 0));
            if !answers || types.iter().any(is_layer) {
                continue;
            }
            let detail = format!("where `.{name}(…)` in `{}` serves `{}` could not be read", frame.path, named.path);
            self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
            let target = self.target(frame, value);
            for entry in self.entries(&[MethodSet::Any], target) {
                self.push(frame, router, &unknown(), &entry, pos);
            }
        }
    }

    /// `Router::from(value)`, `value.into()`, when `From` is implemented on this side.
    pub(super) fn converted(&mut self, frame: &mut Frame<'a>, value: &Value<'a>, name: &str) -> Option<Value<'a>> {
        if !matches!(name, "from" | "into") {
            return None;
        }
        let (Value::Of(Ty::Def(def, _)) | Value::Struct(Ty::Def(def, _), _) | Value::Variant(def, _)) = value else {
            return None;
        };
        let of_value = |one: &&Extension<'a>| matches!(&one.from, Some(Ty::Def(from, _)) if from == def);
        let mut fitting = self.extensions().iter().filter(of_value).map(|one| (one.kind, one.function.clone()));
        let (kind, function) = fitting.next()?;
        // Which of several is meant, its type says where it goes.
        if fitting.next().is_some() && kind.is_none() {
            return None;
        }
        let outcome = self.call(&function, vec![value.clone()])?;
        frame.loose.extend(outcome.loose);
        Some(outcome.value)
    }

    /// The text that a value of a type of this side turns into by itself: `impl From<T> for String`, `impl Deref`.
    pub(super) fn as_text(&mut self, value: &Value<'a>) -> Option<Value<'a>> {
        let (ty, def) = match value {
            Value::Variant(def, _) => (Ty::Def(*def, Vec::new()), *def),
            Value::Of(ty @ Ty::Def(def, _)) | Value::Struct(ty @ Ty::Def(def, _), _) => (ty.clone(), *def),
            _ => return None,
        };
        let of_value =
            |one: &&Extension<'a>| one.kind.is_none() && matches!(&one.from, Some(Ty::Def(from, _)) if *from == def);
        let own = || self.method_of(&ty, "Deref", "deref").or_else(|| self.method_of(&ty, "AsRef", "as_ref"));
        let function = match own() {
            Some(function) => function,
            None => self.extensions().iter().find(of_value).map(|one| one.function.clone())?,
        };
        match self.call(&function, vec![value.clone()])?.value {
            text @ (Value::Text(_) | Value::OneOf(_)) => Some(text),
            _ => None,
        }
    }

    fn extensions(&mut self) -> &[Extension<'a>] {
        let crates = self.crates;
        self.extensions.get_or_insert_with(|| {
            let mut out = Vec::new();
            for (item, module) in crates.impls_abroad() {
                let ItemKind::Impl(fact) = &item.kind else { continue };
                let Some(path) = &fact.trait_path else { continue };
                let scope = crates.impl_scope(module, fact);
                let kind = match &scope.self_ty {
                    Some(ty) if words::is_text(ty) => None,
                    Some(ty @ Ty::Foreign(..)) => match words::router_of(ty) {
                        Some(kind) => Some(kind),
                        None => continue,
                    },
                    Some(Ty::Param(_)) => None,
                    _ => continue,
                };
                let last = path.segments.last();
                let function = |member: &'a Item, scope: &Scope| {
                    let condition = crates.condition_of(scope.module).clone();
                    let condition = condition.and(crates.given(scope.module, &member.condition));
                    let base = last.map(|segment| segment.name.clone()).unwrap_or_default();
                    let path = format!("{}::{base}::{}", crates.module_path(scope.module), member.name);
                    Named { item: member, scope: scope.clone(), path, condition }
                };
                let is_function = |member: &&Item| matches!(member.kind, ItemKind::Fn(_));
                let of_text = scope.self_ty.as_ref().is_some_and(words::is_text);
                match crates.resolve(module, path, Namespace::Type) {
                    Resolved::Def(def) if !of_text => {
                        let Some(found) = crates.def(def) else { continue };
                        let ItemKind::Trait(given) = &found.item.kind else { continue };
                        let own = crates.members(item).iter().filter(is_function);
                        out.extend(own.map(|member| Extension {
                            kind,
                            from: None,
                            function: function(member, &scope),
                        }));
                        let outer =
                            Scope { module: found.module, params: BTreeMap::new(), self_ty: scope.self_ty.clone() };
                        let defaults = given.items.iter().filter(is_function);
                        let defaults = defaults.filter(|m| !fact.items.iter().any(|own| own.name == m.name));
                        out.extend(defaults.map(|m| Extension { kind, from: None, function: function(m, &outer) }));
                    }
                    Resolved::Foreign(path) if path == "std::convert::From" && (kind.is_some() || of_text) => {
                        for member in crates.members(item).iter().filter(is_function) {
                            let ItemKind::Fn(fact) = &member.kind else { continue };
                            let from = fact.params.first().map(|param| crates.ty(&scope, &param.ty));
                            out.push(Extension { kind, from, function: function(member, &scope) });
                        }
                    }
                    _ => {}
                }
            }
            out
        })
    }
}
