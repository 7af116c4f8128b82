//! Expressions to values: statements in order, every branch.

use super::results;
use super::value::Value;
use crate::extract::crates::{Crates, Scope, Ty};
use crate::extract::framework::routers::Answering;
use crate::model::Condition;
use crate::syntax::expression::{Arm, Block, Expr, ExprKind, Link, Pattern, Statement, StatementKind, parse};
use crate::syntax::facts::{Fields, Function, Item, ItemKind, Name};
use std::collections::BTreeMap;

/// Functions that call functions are followed this far.
const DEPTH: u32 = 8;
/// No code is followed for longer than this many expressions.
const FUEL: u32 = 20_000;

/// The evaluation of one type's code.
pub(super) struct Evaluation<'a> {
    pub(super) crates: &'a Crates,
    pub(super) depth: u32,
    fuel: u32,
    /// The bodies of the functions that run, by where they stand.
    running: Vec<*const Function>,
}

/// A function that runs.
pub(super) struct Frame {
    pub(super) scope: Scope,
    pub(super) variables: BTreeMap<Name, Value>,
    /// What `return` gave.
    pub(super) returned: Vec<Value>,
    /// `use` inside the body.
    pub(super) uses: BTreeMap<Name, Vec<Name>>,
    /// How many branches surround this place.
    branches: u32,
    /// How many surround the `let` of a variable, where it stands in one.
    bound: BTreeMap<Name, u32>,
}

impl Frame {
    /// Before the first statement.
    pub(super) fn new(scope: &Scope, receiver: Option<Value>) -> Self {
        let variables = receiver.into_iter().map(|value| (Name::from("self"), value)).collect();
        Self {
            scope: scope.clone(),
            variables,
            returned: Vec::new(),
            uses: BTreeMap::new(),
            branches: 0,
            bound: BTreeMap::new(),
        }
    }
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(crates: &'a Crates) -> Self {
        Self { crates, depth: 0, fuel: FUEL, running: Vec::new() }
    }

    /// What the method `name` of this impl gives; `None` where it has none.
    pub(super) fn method(
        &mut self,
        item: &Item,
        scope: &Scope,
        name: &str,
        receiver: Value,
        args: Vec<Value>,
    ) -> Option<Value> {
        let function = function(self.crates, item, name)?;
        Some(self.run(function, scope, Some(receiver), args))
    }

    /// What the method `name` leaves in its parameter `argument`.
    pub(super) fn written(
        &mut self,
        item: &Item,
        scope: &Scope,
        name: &str,
        argument: &str,
        receiver: Value,
    ) -> Option<Value> {
        let function = function(self.crates, item, name)?;
        let mut frame = Frame::new(scope, Some(receiver));
        frame.variables.insert(argument.into(), Value::begun(Value::Status(Some(crate::model::Status::Code(200)))));
        self.block(&mut frame, &parse::body(function.body.as_ref()?));
        frame.variables.remove(argument)
    }

    /// What a function gives.
    pub(super) fn run(
        &mut self,
        function: &Function,
        scope: &Scope,
        receiver: Option<Value>,
        args: Vec<Value>,
    ) -> Value {
        let scope = &self.inside(function, scope);
        let typed = function.ret.as_ref().map_or(Value::Unknown, |ret| Value::of(&self.crates.ty(scope, ret)));
        if results::is_told(&typed) {
            return typed;
        }
        // Of a function that calls itself, nothing but its type tells what it gives there.
        let here = std::ptr::from_ref(function);
        let runs = self.depth < DEPTH && !self.running.contains(&here);
        let Some(body) = function.body.as_ref().filter(|_| runs) else { return typed };
        let mut frame = Frame::new(scope, receiver);
        for (param, arg) in function.params.iter().zip(args.into_iter().map(Some).chain(std::iter::repeat(None))) {
            let arg = arg.filter(|value| *value != Value::Unknown);
            let value = arg.unwrap_or_else(|| Value::of(&self.crates.ty(scope, &param.ty)));
            if let Some(name) = &param.name {
                frame.variables.insert(name.clone(), value);
            }
        }
        self.depth += 1;
        self.running.push(here);
        let last = self.block(&mut frame, &parse::body(body));
        self.running.pop();
        self.depth -= 1;
        let value = with_returned(frame.returned, last);
        let tells_nothing = match value.clone().settled() {
            Value::Unknown => true,
            // It never returns, or nobody has written it yet.
            Value::OneOf(arms) => arms.is_empty(),
            _ => false,
        };
        if tells_nothing { typed } else { value }
    }

    /// What a closure gives.
    pub(super) fn answered(&mut self, closure: &Answering<'_>) -> Value {
        let mut frame = Frame::new(&closure.scope, None);
        frame.uses.clone_from(&closure.uses);
        for (name, ty) in &closure.params {
            let value = ty.as_ref().map_or(Value::Unknown, |(ty, scope)| Value::of(&self.crates.ty(scope, ty)));
            if let Some(name) = name {
                frame.variables.insert(name.clone(), value);
            }
        }
        let last = self.expr(&mut frame, &closure.closure.body);
        if frame.returned.is_empty() {
            return last;
        }
        Value::OneOf(frame.returned.into_iter().chain([last]).map(|value| (None, value)).collect())
    }

    fn block(&mut self, frame: &mut Frame, block: &Block) -> Value {
        frame.uses.extend(block.uses.iter().map(|(name, path)| (name.clone(), path.clone())));
        let mut last = Value::Empty;
        for statement in &block.statements {
            last = self.statement(frame, statement);
        }
        last
    }

    fn statement(&mut self, frame: &mut Frame, statement: &Statement) -> Value {
        if self.crates.given(frame.scope.module, &statement.condition) == Condition::Never {
            return Value::Empty;
        }
        match &statement.kind {
            StatementKind::Let { pattern, ty, value, otherwise } => {
                let mut known = value.as_ref().map_or(Value::Unknown, |value| self.expr(frame, value));
                if let (Value::Unknown, Some(ty)) = (&known, ty) {
                    known = Value::of(&self.crates.ty(&frame.scope, ty));
                }
                if let Some(otherwise) = otherwise {
                    let opened = value.as_ref().and_then(|value| self.without(frame, pattern, value));
                    self.branch(frame, |this, frame| this.block(frame, otherwise));
                    frame.variables.extend(opened);
                }
                self.bind(frame, pattern, known);
                Value::Empty
            }
            StatementKind::Expr(expr, dropped) => {
                let value = self.expr(frame, expr);
                if *dropped && !diverges(expr) {
                    self.kept(frame, expr, &value);
                    return Value::Empty;
                }
                value
            }
        }
    }

    /// Where `let Ok(a) = a else { … }` goes on, `a` is an error: narrows the variable, and gives it as it was.
    fn without(&self, frame: &mut Frame, pattern: &Pattern, value: &Expr) -> Option<(Name, Value)> {
        let (Pattern::Inside(variant, _), ExprKind::Path(path)) = (pattern, &value.kind) else { return None };
        let [only] = path.segments.as_slice() else { return None };
        let before = frame.variables.get(&only.name)?.clone();
        let after = results::otherwise(&before, variant)?;
        frame.variables.insert(only.name.clone(), after);
        Some((only.name.clone(), before))
    }

    /// `res.render(x);` and `res.headers_mut().insert(…)` change the variable that they are called on.
    fn kept(&mut self, frame: &mut Frame, expr: &Expr, value: &Value) {
        let ExprKind::Chain(base, links) = &expr.kind else { return };
        let (ExprKind::Path(path), [Link::Method { name, .. }, ..]) = (&base.kind, links.as_slice()) else { return };
        let [only] = path.segments.as_slice() else { return };
        if name.contains("header")
            && name != "headers"
            && let Some(before) = frame.variables.get(&only.name).cloned()
        {
            let after = self.with_header_links(frame, links, before);
            return self.set(frame, only.name.clone(), after);
        }
        if !matches!(name.as_str(), "render" | "status_code" | "content_type") {
            return;
        }
        if frame.variables.contains_key(&only.name) {
            self.set(frame, only.name.clone(), value.clone());
        }
    }

    /// An object that is changed in place: what it holds then is not followed.
    pub(super) fn lost(&self, frame: &mut Frame, name: &Name) {
        let is_object = |value: &Value| matches!(value, Value::Object(_));
        match frame.variables.get(name) {
            Some(Value::OneOf(arms)) if arms.iter().any(|(_, arm)| is_object(arm)) => {}
            Some(value) if is_object(value) => {}
            _ => return,
        }
        frame.variables.insert(name.clone(), Value::Unknown);
    }

    fn set(&mut self, frame: &mut Frame, name: Name, value: Value) {
        let before = frame.variables.remove(&name);
        let value = match before {
            Some(before) if frame.branches > frame.bound.get(&name).copied().unwrap_or(0) => before.or(value),
            _ => value,
        };
        frame.variables.insert(name, value);
    }

    /// What a part of a body gives that `return` ends alone.
    pub(super) fn apart(&mut self, frame: &mut Frame, run: impl FnOnce(&mut Self, &mut Frame) -> Value) -> Value {
        let around = std::mem::take(&mut frame.returned);
        let last = run(self, frame);
        let returned = std::mem::replace(&mut frame.returned, around);
        with_returned(returned, last)
    }

    fn branch<T>(&mut self, frame: &mut Frame, run: impl FnOnce(&mut Self, &mut Frame) -> T) -> T {
        frame.branches += 1;
        let out = run(self, frame);
        frame.branches -= 1;
        out
    }

    pub(super) fn expr(&mut self, frame: &mut Frame, expr: &Expr) -> Value {
        let Some(fuel) = self.fuel.checked_sub(1) else { return Value::Unknown };
        self.fuel = fuel;
        match &expr.kind {
            ExprKind::Text(text) if matches!(text.as_str(), "true" | "false") => {
                Value::Data(Ty::Primitive("bool".into()))
            }
            ExprKind::Text(_) => Value::Text,
            ExprKind::Path(path) => self.path(frame, path),
            ExprKind::Call(path, args) => self.call(frame, path, args),
            ExprKind::Chain(base, links) => self.chain(frame, base, links),
            ExprKind::Macro(path, raw) => super::json::expand(self, frame, path, raw),
            ExprKind::Block(block) | ExprKind::Labelled(block) => self.block(frame, block),
            ExprKind::Async(block) => self.apart(frame, |this, frame| this.block(frame, block)),
            ExprKind::If { head, condition, then, otherwise } => {
                let on = condition.as_ref().map(|c| self.crates.given(frame.scope.module, c));
                if on == Some(Condition::Never) {
                    return otherwise.as_ref().map_or(Value::Empty, |otherwise| self.expr(frame, otherwise));
                }
                self.expr(frame, head);
                let then = self.branch(frame, |this, frame| this.block(frame, then));
                match otherwise {
                    Some(_) if on == Some(Condition::Always) => then,
                    Some(otherwise) => {
                        let other = self.branch(frame, |this, frame| this.expr(frame, otherwise));
                        Value::OneOf(vec![(None, then), (None, other)])
                    }
                    None => Value::Empty,
                }
            }
            ExprKind::Match(head, arms) => self.matching(frame, head, arms),
            ExprKind::For(_, over, body) => {
                self.expr(frame, over);
                self.branch(frame, |this, frame| this.block(frame, body));
                Value::Empty
            }
            ExprKind::Loop(_, body) => {
                self.branch(frame, |this, frame| this.block(frame, body));
                Value::Unknown
            }
            ExprKind::Bind(pattern, value) => {
                let value = self.expr(frame, value);
                self.bind(frame, pattern, value);
                Value::Unknown
            }
            ExprKind::List(items) if items.is_empty() => Value::Empty,
            ExprKind::List(items) => match self.headers_of(frame, items) {
                Some(headers) => headers,
                None => Value::Parts(items.iter().map(|item| self.expr(frame, item)).collect()),
            },
            ExprKind::Return(_, value) => {
                let value = value.as_ref().map_or(Value::Empty, |value| self.expr(frame, value));
                frame.returned.push(value);
                Value::OneOf(Vec::new())
            }
            ExprKind::Assign(target, value) => {
                let value = self.expr(frame, value);
                self.assign(frame, target, value);
                Value::Empty
            }
            ExprKind::Struct(path, fields) => self.constructed(frame, path, fields),
            ExprKind::Number(_)
            | ExprKind::Closure(_)
            | ExprKind::Sum(_)
            | ExprKind::Not(_)
            | ExprKind::Binary(..)
            | ExprKind::Range(..)
            | ExprKind::Other(_) => Value::Unknown,
        }
    }

    /// `*response.status_mut() = status`, `variable = value`.
    fn assign(&mut self, frame: &mut Frame, target: &Expr, value: Value) {
        let (path, links) = match &target.kind {
            ExprKind::Path(path) => (path, &[][..]),
            ExprKind::Chain(base, links) => match &base.kind {
                ExprKind::Path(path) => (path, links.as_slice()),
                _ => return,
            },
            _ => return,
        };
        let [only] = path.segments.as_slice() else { return };
        let Some(before) = frame.variables.get(&only.name).cloned() else { return };
        let after = match links {
            [] => value,
            [Link::Method { name, .. }] if name == "status_mut" => before.at(&value),
            [Link::Method { name, .. }] if name == "body_mut" => before.with(&value),
            // `json["key"] = value`
            [Link::Index(_), ..] => return self.lost(frame, &only.name),
            _ => return,
        };
        self.set(frame, only.name.clone(), after);
    }

    fn matching(&mut self, frame: &mut Frame, head: &Expr, arms: &[Arm]) -> Value {
        let head = self.expr(frame, head);
        let mut all = Vec::new();
        for arm in arms {
            let never = self.crates.given(frame.scope.module, &arm.condition) == Condition::Never;
            if never || !results::admits(&head, &arm.pattern) {
                continue;
            }
            let value = self.branch(frame, |this, frame| {
                this.bind(frame, &arm.pattern, head.clone());
                this.expr(frame, &arm.body)
            });
            let mut names = Vec::new();
            variants(&arm.pattern, &mut names);
            match names.as_slice() {
                [] => all.push((None, value)),
                names => all.extend(names.iter().map(|name| (Some(Self::full_name(&head, name)), value.clone()))),
            }
        }
        Value::OneOf(all)
    }

    /// A variant behind the number of the type that it belongs to, where that is known.
    fn full_name(head: &Value, variant: &Name) -> Name {
        match head {
            Value::Data(Ty::Def(def, _)) => Name::from(format!("{}::{variant}", def.0)),
            _ => variant.clone(),
        }
    }

    pub(super) fn bind(&mut self, frame: &mut Frame, pattern: &Pattern, value: Value) {
        match pattern {
            Pattern::Name(name) => {
                frame.variables.insert(name.clone(), value);
                frame.bound.insert(name.clone(), frame.branches);
            }
            Pattern::Inside(name, inner) => {
                let payload = self.payload(&value, name);
                self.bind(frame, inner, payload);
            }
            Pattern::List(parts) => {
                for (n, part) in parts.iter().enumerate() {
                    let one = value.clone().each(&mut |value| match value {
                        Value::Parts(items) => items.into_iter().nth(n).unwrap_or(Value::Unknown),
                        Value::Data(Ty::Tuple(items)) => items.get(n).map_or(Value::Unknown, Value::of),
                        _ => Value::Unknown,
                    });
                    self.bind(frame, part, one);
                }
            }
            Pattern::Fields(_, fields) => {
                for (name, inner) in fields {
                    let field = self.field(&value, name);
                    self.bind(frame, inner, field);
                }
            }
            Pattern::Path(_) | Pattern::Text(_) | Pattern::Either(_) | Pattern::Other => {}
        }
    }

    /// What the variant `name` of a value carries.
    fn payload(&self, value: &Value, name: &Name) -> Value {
        if let Some(payload) = results::payload(value, name) {
            return payload;
        }
        let Value::Data(Ty::Def(def, args)) = value else { return Value::Unknown };
        let Some(found) = self.crates.def(*def) else { return Value::Unknown };
        let (generics, fields) = match &found.item.kind {
            ItemKind::Enum { generics, variants } => match variants.iter().find(|variant| variant.name == *name) {
                Some(variant) => (generics, &variant.fields),
                None => return Value::Unknown,
            },
            ItemKind::Struct { generics, fields } => (generics, fields),
            _ => return Value::Unknown,
        };
        let (Fields::Tuple(members), Some(scope)) = (fields, self.crates.scope_of(*def, generics, args)) else {
            return Value::Unknown;
        };
        members.first().map_or(Value::Unknown, |field| Value::of(&self.crates.ty(&scope, &field.ty)))
    }
}

fn function<'i>(crates: &Crates, item: &'i Item, name: &str) -> Option<&'i Function> {
    crates.members(item).iter().filter(|member| member.name == name).find_map(|member| match &member.kind {
        ItemKind::Fn(function) => Some(function.as_ref()),
        _ => None,
    })
}

/// What is given at the end, or returned before.
fn with_returned(returned: Vec<Value>, last: Value) -> Value {
    if returned.is_empty() {
        return last;
    }
    Value::OneOf(returned.into_iter().chain(Some(last)).map(|value| (None, value)).collect())
}

/// Does the expression never give a value, so that a semicolon behind it drops none?
fn diverges(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Return(..) => true,
        ExprKind::Macro(path, _) => path.segments.last().is_some_and(|last| super::json::diverges(&last.name)),
        _ => false,
    }
}

/// The variants that a pattern names.
fn variants<'p>(pattern: &'p Pattern, into: &mut Vec<&'p Name>) {
    match pattern {
        Pattern::Path(name) | Pattern::Inside(name, _) | Pattern::Fields(name, _) => into.push(name),
        Pattern::Either(all) => all.iter().for_each(|one| variants(one, into)),
        Pattern::Name(_) | Pattern::List(_) | Pattern::Text(_) | Pattern::Other => {}
    }
}
