//! Calls of functions, closures and constants: their bodies with what they are handed.

use super::blind::Unread;
use super::evaluate::{Evaluation, address};
use super::frame::{Frame, Outcome, under};
use super::kind::HOLE;
use super::value::{Captured, Named, Route, Router, Value};
use super::words;
use crate::extract::crates::{Namespace, Resolved, Scope, Ty, inner_module_of};
use crate::model::{BlindSpot, BlindSpotKind, Condition};
use crate::syntax::expression::{Expr, Pattern, parse};
use crate::syntax::facts::{Function, GenericParam, Name, RawTokens, Type};
use std::rc::Rc;

/// Functions that call functions deeper than this are not followed.
pub(super) const CALLS: usize = 24;

impl<'a> Evaluation<'a> {
    /// Calls a function of this side, and those of its path under other conditions.
    pub(super) fn call(&mut self, function: &Named<'a>, args: Vec<Value<'a>>) -> Option<Outcome<'a>> {
        let given = std::mem::take(&mut self.given);
        let others = self.alternatives(function);
        if others.is_empty() {
            return self.call_one(function, args);
        }
        let mut candidates: Vec<Named<'a>> = std::iter::once(function.clone()).chain(others).collect();
        // Where the call stands under a condition, those that ask for some of it are meant.
        let shares = |named: &Named<'a>| leaves(&named.condition).iter().any(|leaf| leaves(&given).contains(leaf));
        if candidates.iter().any(shares) {
            candidates.retain(shares);
        }
        let mut all: Option<Outcome<'a>> = None;
        for other in candidates {
            let outcome = self.call_one(&other, args.clone());
            all = match (all, outcome) {
                (Some(first), Some(second)) => Some(first.or(second)),
                (first, second) => first.or(second),
            };
        }
        all
    }

    /// Calls one function; `None` when its body is not kept, or it is being evaluated already.
    pub(super) fn call_one(&mut self, function: &Named<'a>, args: Vec<Value<'a>>) -> Option<Outcome<'a>> {
        let crate::syntax::facts::ItemKind::Fn(fact) = &function.item.kind else { return None };
        let address = address(function.item);
        // What holds no word of routers is read where it is handed some, and where it hands some on.
        let carries =
            |value: &Value<'a>| value.holds_router() || matches!(value, Value::Function(_) | Value::Closure(_));
        let body = match &fact.body {
            Some(body) => body.clone(),
            None if self.stack.is_empty() || args.iter().any(carries) => function.item.whole_body()?,
            None => return None,
        };
        if self.stack.len() >= CALLS || self.stack.contains(&address) && !self.gets_on(address, &args) {
            if args.iter().any(Value::holds_router) {
                let place = Some(self.crates.place(function.scope.module, function.item.pos));
                let detail = format!("what `{}` adds where it calls itself could not be read", function.path);
                self.blind_spots.insert(BlindSpot { kind: BlindSpotKind::UnknownRoute, place, detail, hides: None });
            }
            return None;
        }
        if !self.stack.is_empty() {
            self.called.insert(address);
        }
        let block = self.crates.block(&body);
        let mut frame = Frame::new(function.scope.clone(), function.path.clone());
        frame.item = Some(function.item);
        frame.globs.extend(self.inner_handlers(function, &body.text));
        infer(&mut frame.scope, fact, &args);
        let handed: Vec<Router<'a>> = match &function.condition {
            Condition::Always => Vec::new(),
            _ => args.iter().cloned().flat_map(Value::routers).collect(),
        };
        let plain = args.iter().map(|arg| if arg.is_plain() { arg.clone() } else { Value::Unknown }).collect();
        let mut args = args.into_iter();
        if let Some(receiver) = &fact.receiver {
            let given = args.next().unwrap_or(Value::Unknown);
            let value = self.parameter(&frame.scope, receiver, given);
            frame.set(Name::new("self"), value, true);
            if let Some(variable) = frame.variables.get_mut("self") {
                variable.refers = matches!(receiver, Type::Ref { mutable: true, .. });
            }
        }
        let mut names = Vec::new();
        for param in &fact.params {
            let given = args.next().unwrap_or(Value::Unknown);
            let value = self.parameter(&frame.scope, &param.ty, given);
            let by_reference = matches!(param.ty, Type::Ref { .. });
            // What is handed over may be a reference, by its type parameter.
            names.push(param.name.clone().filter(|_| by_reference || value.is_plain()));
            if let Some(name) = &param.name {
                frame.set(name.clone(), value, by_reference);
                if let Some(variable) = frame.variables.get_mut(name) {
                    variable.refers = matches!(param.ty, Type::Ref { mutable: true, .. });
                }
            }
        }
        self.stack.push(address);
        self.active.push((address, plain));
        let value = self.block(&mut frame, &block);
        self.active.pop();
        self.stack.pop();
        let lent = |name: &Name| name == "self" || names.iter().flatten().any(|lent| lent == name);
        frame.join_exits(&lent);
        let value = frame.outcome(value);
        let value = self.promised(&frame, function, fact, value);
        let value = self.extracted(&frame.scope, fact, value);
        let parameters =
            names.into_iter().map(|name| name.map_or(Value::Unknown, |name| frame.parameter(&name))).collect();
        let by_reference = matches!(fact.receiver, Some(Type::Ref { mutable: true, .. }));
        let receiver = Some(frame.parameter(&Name::new("self"))).filter(|_| by_reference);
        frame.loose.append(&mut self.behind);
        let (value, loose) = (added_under(value, &function.condition, &handed), frame.loose);
        let loose = loose.into_iter().flat_map(|router| under(Value::router(router), &function.condition).routers());
        Some(Outcome { value, parameters, receiver, loose: loose.collect() })
    }

    /// The module of the handlers that a function declares for itself.
    fn inner_handlers(&self, function: &Named<'a>, body: &str) -> Option<Vec<Name>> {
        if !body.contains("#[") {
            return None;
        }
        let of = match &function.scope.self_ty {
            Some(Ty::Def(def, _)) => self.crates.def(*def)?.path.rsplit("::").next(),
            _ => None,
        };
        let module = vec![inner_module_of(of, &function.item.name)];
        let found = self.crates.resolve_names(function.scope.module, false, &module, Namespace::Type);
        matches!(found, Resolved::Module(_)).then_some(module)
    }

    /// A function that calls itself: is it handed something else that is known than before?
    fn gets_on(&mut self, address: usize, args: &[Value<'a>]) -> bool {
        let Some(left) = self.recursions.checked_sub(1) else { return false };
        let Some((_, before)) = self.active.iter().rev().find(|(active, _)| *active == address) else { return false };
        let known = |value: &Value<'a>| match value {
            Value::Text(text) => !text.contains(HOLE),
            value => value.is_plain() && !matches!(value, Value::Of(_)),
        };
        let gets_on = args.iter().zip(before).any(|(now, before)| known(now) && known(before) && now.differs(before));
        self.recursions = left;
        gets_on
    }

    /// A function that says it hands a router back, and comes to none: what the router serves is not known.
    fn promised(&mut self, frame: &Frame<'a>, function: &Named<'a>, fact: &Function, value: Value<'a>) -> Value<'a> {
        if !matches!(value, Value::Unknown) {
            return value;
        }
        let kind = fact.ret.as_ref().and_then(|ret| words::router_of(&self.crates.ty(&frame.scope, ret)));
        let Some(kind) = kind else { return value };
        let detail = format!("what `{}` hands back could not be read", function.path);
        self.not_read(frame, function.item.pos, Unread::of(kind), detail);
        Value::router(Router::new(kind))
    }

    /// Evaluates the expression of a const.
    pub(super) fn constant(&mut self, scope: &Scope, raw: &'a RawTokens) -> Value<'a> {
        let key = raw.text.as_ptr().addr();
        let parsed = Rc::clone(self.constants.entry(key).or_insert_with(|| Rc::new(parse::expression(raw))));
        self.standing_alone(scope, &parsed, key)
    }

    /// Evaluates what is written in the place of a const parameter.
    pub(super) fn argument(&mut self, scope: &Scope, text: &str) -> Value<'a> {
        self.standing_alone(scope, &parse::expression(&RawTokens::from(text)), text.as_ptr().addr())
    }

    fn standing_alone(&mut self, scope: &Scope, expr: &Expr, key: usize) -> Value<'a> {
        if self.stack.len() >= CALLS || self.stack.contains(&key) {
            return Value::Unknown;
        }
        self.stack.push(key);
        let mut frame = Frame::new(scope.clone(), String::new());
        let value = self.expr(&mut frame, expr);
        self.stack.pop();
        value
    }

    /// Calls a closure with these arguments.
    pub(super) fn apply(&mut self, frame: &mut Frame<'a>, closure: &Captured<'a>, args: Vec<Value<'a>>) -> Outcome<'a> {
        let mut inner = Frame::new(closure.scope.clone(), closure.path.clone());
        inner.item = closure.item;
        inner.uses.clone_from(&closure.uses);
        inner.globs.clone_from(&closure.globs);
        inner.macros.clone_from(&closure.macros);
        inner.variables.clone_from(&closure.variables);
        for (name, variable) in &mut inner.variables {
            variable.used = true;
            // An earlier call may have left something else in it.
            let left = self.left.iter().find(|(path, left, _)| *path == closure.path && left == name);
            if let Some((.., left)) = left {
                variable.value = left.clone();
            } else if let Some(here) = frame.variables.get(name).filter(|_| frame.path == closure.path)
                && here.value.is_plain()
                && !closure.closure.moves
            {
                variable.value = here.value.clone();
            } else if let Some(here) = frame.variables.get(name).filter(|_| frame.path == closure.path)
                && here.value.grew_from(&variable.value)
            {
                variable.value = here.value.clone();
            }
        }
        let mut args = args.into_iter();
        for param in &closure.closure.params {
            inner.bind(param, args.next().unwrap_or(Value::Unknown), true, None);
        }
        let depth = self.stack.len();
        let value = if depth < CALLS {
            self.stack.push(usize::MAX - depth);
            let value = self.expr(&mut inner, &closure.closure.body);
            self.stack.pop();
            value
        } else {
            Value::Unknown
        };
        inner.join_exits(&|name| closure.variables.contains_key(name) || closure.binds(name));
        let value = inner.outcome(value);
        self.left_outside(frame, closure, &inner);
        let parameters = closure.closure.params.iter().map(|param| match param {
            Pattern::Name(name) => inner.parameter_of_closure(name),
            _ => Value::Unknown,
        });
        let parameters = parameters.collect();
        Outcome { value, parameters, receiver: None, loose: std::mem::take(&mut inner.loose) }
    }
}

/// What a function hands back under its condition; of a router that it was handed, what it adds.
fn added_under<'a>(value: Value<'a>, condition: &Condition, handed: &[Router<'a>]) -> Value<'a> {
    let Value::Router(mut router) = value else { return under(value, condition) };
    let was = |route: &Route<'a>| handed.iter().flat_map(|one| &one.routes).any(|before| before.same(route));
    for route in router.routes.iter_mut().filter(|route| !was(route)) {
        route.condition = std::mem::take(&mut route.condition).and(condition.clone());
    }
    Value::Router(router)
}

/// Type parameters that the arguments fix: `fn mount<M: Module>(module: M)`.
fn infer(scope: &mut Scope, function: &Function, args: &[Value<'_>]) {
    let args = args.iter().skip(usize::from(function.receiver.is_some()));
    for (param, arg) in function.params.iter().zip(args) {
        let (Value::Of(ty) | Value::Struct(ty, _)) = arg else { continue };
        let mut written = &param.ty;
        while let Type::Ref { ty, .. } = written {
            written = ty;
        }
        let Type::Path { qself: None, path } = written else { continue };
        let [only] = path.segments.as_slice() else { continue };
        let is_param = function
            .generics
            .params
            .iter()
            .any(|param| matches!(param, GenericParam::Type { name, .. } if *name == only.name));
        if is_param {
            scope.params.insert(only.name.clone(), ty.clone());
        }
    }
}

/// What a condition asks for, by its parts.
fn leaves(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(leaves).collect(),
        Condition::Always | Condition::Never | Condition::Not(_) => Vec::new(),
        leaf => vec![leaf],
    }
}
