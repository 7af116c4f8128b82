//! What answers a route: the function in what wraps it, the closure and what it calls, and the functions of the same path
//! that stand under other conditions.

use super::blind::Unread;
use super::evaluate::Evaluation;
use super::frame::{Frame, variable};
use super::kind::Kind;
use super::value::{Answering, Captured, Entry, Named, Target, Value};
use super::words;
use crate::extract::crates::{DefId, Scope, Ty};
use crate::model::{Condition, MethodSet};
use crate::syntax::expression::{Expr, ExprKind, Link, Pattern, StatementKind};
use crate::syntax::facts::{ImplFact, ItemKind, Name, Path, Pos};
use std::collections::BTreeMap;
use std::sync::Arc;

impl<'a> Evaluation<'a> {
    /// Puts the handler itself in the place of what wraps it: `get(timed(h))`, `post(Timed(h))`.
    pub(super) fn unwrap_handlers(
        &mut self,
        frame: &mut Frame<'a>,
        name: &str,
        args: &[Expr],
        values: &mut [Value<'a>],
    ) {
        let at = match name {
            "on" | "on_with" => 1,
            "to" | "goal" => 0,
            name if name.starts_with("typed_") => 0,
            name if words::verb(name).is_some() && !name.ends_with("_service") => 0,
            _ => return,
        };
        let (Some(value), Some(arg)) = (values.get_mut(at), args.get(at)) else { return };
        if matches!(value, Value::Function(_) | Value::Closure(_)) {
            return;
        }
        if let Some(handler) = self.handler_in(frame, value, arg, 0) {
            *value = handler;
        }
    }

    /// The one handler that a value or the expression that makes it holds.
    fn handler_in(&mut self, frame: &mut Frame<'a>, value: &Value<'a>, expr: &Expr, depth: u32) -> Option<Value<'a>> {
        match value {
            Value::Struct(ty, fields) => {
                let mut functions = fields.values().filter(|value| matches!(value, Value::Function(_)));
                let own = self.own_method(ty, "handle").map(|named| Value::Function(Box::new(named)));
                return functions.next().filter(|_| functions.next().is_none()).cloned().or(own);
            }
            Value::Of(ty) => return self.own_method(ty, "handle").map(|named| Value::Function(Box::new(named))),
            _ => {}
        }
        let parts: Vec<&Expr> = match &expr.kind {
            ExprKind::Call(_, args) | ExprKind::List(args) => args.iter().collect(),
            ExprKind::Struct(_, fields) => fields.iter().map(|(_, value)| value).collect(),
            ExprKind::Chain(base, links) => {
                let args = links.iter().flat_map(|link| match link {
                    Link::Method { args, .. } | Link::Call(args) => args.as_slice(),
                    Link::Field(_) | Link::Index(_) | Link::Try => &[],
                });
                std::iter::once(base.as_ref()).chain(args).collect()
            }
            _ => return None,
        };
        let mut found = Vec::new();
        for part in parts.into_iter().filter(|_| depth < 8) {
            let inner = match &part.kind {
                ExprKind::Path(path) => match self.path(frame, path) {
                    function @ Value::Function(_) => Some(function),
                    _ => None,
                },
                _ => self.handler_in(frame, &Value::Unknown, part, depth + 1),
            };
            found.extend(inner);
        }
        if found.len() == 1 { found.pop() } else { None }
    }

    /// `get(h)`, `on(filter, h)`, `get_service(s)`, `get_with(h, doc)`.
    pub(super) fn verb(
        &mut self,
        frame: &Frame<'a>,
        kind: Kind,
        name: &str,
        values: &[Value<'a>],
        pos: Pos,
    ) -> Option<Value<'a>> {
        if matches!(name, "on" | "on_service" | "on_with" | "method") {
            let [filter, handler, ..] = values else { return None };
            let handler = if name == "on_service" { &Value::Unknown } else { handler };
            let target = self.target(frame, handler);
            let methods = words::methods(Some(filter));
            if methods == [MethodSet::Any] {
                let detail = format!("the methods of a route in `{}` could not be read", frame.path);
                self.not_read(frame, pos, Unread::nothing(kind), detail);
            }
            return Some(Value::Methods(kind, self.entries(&methods, target)));
        }
        let methods = words::verb(name)?;
        match values.first() {
            None if kind == Kind::Actix => Some(Value::Verbs(methods)),
            None => None,
            Some(Value::Word(word)) if name.ends_with("_service") && word == words::DOCUMENT => {
                Some(Value::Word(word.clone()))
            }
            Some(service) if name.ends_with("_service") => {
                let files = super::files::of_value(service).is_some();
                let service = if files { service } else { &Value::Unknown };
                let target = self.target(frame, service);
                // Of whatever it is asked, it answers this.
                let methods = if files { vec![MethodSet::One("GET".to_owned())] } else { methods };
                Some(Value::Methods(kind, vec![entry(methods, target)]))
            }
            Some(handler) => {
                let mut target = self.target(frame, handler);
                if let Some(document) = values.get(1).filter(|_| kind == Kind::Axum && name.ends_with("_with")) {
                    target.answers = self.documented_answers(document);
                }
                Some(Value::Methods(kind, self.entries(&methods, target)))
            }
        }
    }

    /// A closure that answers: what it is handed, and the function that it calls for the answer.
    pub(super) fn answering(&self, frame: &Frame<'a>, captured: &Captured<'a>) -> Option<Answering<'a>> {
        let closure = &captured.closure;
        let through = called(&closure.body, 0).and_then(|(path, args)| {
            let path = self.whole_path(frame, path);
            let (item, scope) = self.crates.value_item(&frame.scope, &path)?;
            let named = self.named(&frame.scope, &path, item, scope)?;
            matches!(item.kind, ItemKind::Fn(_)).then(|| (self.instantiated(frame, named, &path), args))
        });
        let given = |name: &Name| {
            let (named, args) = through.as_ref()?;
            let ItemKind::Fn(function) = &named.item.kind else { return None };
            let at = args.iter().position(|arg| variable(arg) == Some(name))?;
            Some((function.params.get(at)?.ty.clone(), named.scope.clone()))
        };
        let params = closure.params.iter().zip(&closure.types).map(|(pattern, ty)| {
            let name = match pattern {
                Pattern::Name(name) => Some(name),
                Pattern::Inside(_, inner) => match inner.as_ref() {
                    Pattern::Name(name) => Some(name),
                    _ => None,
                },
                _ => None,
            };
            let ty = ty.clone().map(|ty| (ty, captured.scope.clone()));
            (name.cloned(), ty.or_else(|| given(name?)))
        });
        let params = params.collect();
        Some(Answering {
            item: captured.item?,
            scope: captured.scope.clone(),
            params,
            closure: Arc::clone(closure),
            uses: captured.uses.clone(),
            through: through.map(|(named, _)| named),
        })
    }

    /// Methods and what answers them: a function of the same name under another `cfg` answers them there.
    pub(super) fn entries(&mut self, methods: &[MethodSet], target: Target<'a>) -> Vec<Entry<'a>> {
        let others = target.function.as_ref().map(|named| self.alternatives(named)).unwrap_or_default();
        let (path, answers) = (target.path.clone(), target.answers.clone());
        let others = others.into_iter().map(|named| Target {
            path: path.clone(),
            function: Some(named),
            closure: None,
            reads: false,
            answers: answers.clone(),
        });
        std::iter::once(target).chain(others).map(|target| entry(methods.to_vec(), target)).collect()
    }

    /// The members of the same name in impls under other conditions: `#[cfg(a)] impl Api { … } #[cfg(b)] impl Api { … }`.
    fn other_members(&self, named: &Named<'a>, owner: DefId, args: &[Ty]) -> Vec<Named<'a>> {
        let of_trait = |fact: &ImplFact| fact.trait_path.as_ref().and_then(|path| path.segments.last().cloned());
        let holds = |fact: &ImplFact| fact.items.iter().any(|member| std::ptr::eq(member, named.item));
        let impls = self.crates.impls_for(owner).into_iter().filter_map(|(item, module)| match &item.kind {
            ItemKind::Impl(fact) => Some((item, module, fact)),
            _ => None,
        });
        let impls: Vec<_> = impls.collect();
        let Some(own) = impls.iter().find(|(.., fact)| holds(fact)).map(|(.., fact)| of_trait(fact)) else {
            return Vec::new();
        };
        let others = impls.into_iter().filter(|(.., fact)| !holds(fact) && of_trait(fact) == own);
        let others = others.filter_map(|(item, module, fact)| {
            let member = fact.items.iter().find(|member| member.name == named.item.name)?;
            let scope = self.crates.impl_scope_of(item, module, owner, args)?;
            let other = self.member(owner, member, scope);
            let is_function = matches!(member.kind, ItemKind::Fn(_));
            (is_function && !matches!(other.condition, Condition::Always | Condition::Never)).then_some(other)
        });
        others.collect()
    }

    /// The functions of the same path that stand under other conditions.
    pub(super) fn alternatives(&mut self, named: &Named<'a>) -> Vec<Named<'a>> {
        if named.condition == Condition::Always {
            return Vec::new();
        }
        if let Some(Ty::Def(owner, args)) = &named.scope.self_ty {
            return self.other_members(named, *owner, args);
        }
        let crates = self.crates;
        let module = crates.module_path(named.scope.module);
        if self.modules.is_empty() {
            for (package, ..) in crates.packages() {
                for module in crates.modules_of(package) {
                    self.modules.entry(crates.module_path(module)).or_default().push(module);
                }
            }
        }
        let mut out = Vec::new();
        for module in self.modules.get(module).into_iter().flatten().copied() {
            for (item, _) in crates.items_of(module) {
                if item.name != named.item.name
                    || !matches!(item.kind, ItemKind::Fn(_))
                    || std::ptr::eq(item, named.item)
                {
                    continue;
                }
                let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
                if condition != Condition::Never {
                    let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
                    out.push(Named { item, scope, path: named.path.clone(), condition });
                }
            }
        }
        out
    }
}

/// The call that an expression ends with.
fn called(expr: &Expr, depth: u32) -> Option<(&Path, &[Expr])> {
    match &expr.kind {
        ExprKind::Call(path, args) => Some((path, args)),
        ExprKind::Block(block) | ExprKind::Async(block) if depth < 8 => match &block.statements.last()?.kind {
            StatementKind::Expr(last, false) => called(last, depth + 1),
            _ => None,
        },
        _ => None,
    }
}

/// A method and what answers it.
pub(super) fn entry<'a>(methods: Vec<MethodSet>, target: Target<'a>) -> Entry<'a> {
    let condition = target.function.as_ref().map(|named| named.condition.clone()).unwrap_or_default();
    Entry { methods, target, condition, layers: super::layers::Layers::new() }
}
