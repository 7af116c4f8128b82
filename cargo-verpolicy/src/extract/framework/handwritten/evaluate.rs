//! Expressions to values: statements in order, every branch.

use super::flow::bound;
use super::results;
use super::runs::{Called, Gave, Runs};
use super::value::{Value, Writer};
use crate::extract::crates::{Crates, Scope, Ty};
use crate::extract::framework::routers::Answering;
use crate::model::Condition;
use crate::syntax::expression::{
    Arm, Block, Closure, Expr, ExprKind, Leave, Link, Pattern, Statement, StatementKind, parse,
};
use crate::syntax::facts::{Fields, Item, ItemKind, Name, Pos, RawTokens, Type};
use crate::syntax::hash_of_parts;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Functions that call functions are followed this far.
const DEPTH: u32 = 8;
/// No code is followed for longer than this many expressions.
const FUEL: u32 = 20_000;

/// The evaluation of one type's code.
pub(super) struct Evaluation<'a> {
    pub(super) crates: &'a Crates,
    pub(super) depth: u32,
    fuel: u32,
    /// Is it asked what flows into the answers, or only with which statuses code ends?
    pub(super) traces: bool,
    /// What was met on the way that is not followed, in order.
    pub(super) met: u64,
    /// How many calls of macros surround this place.
    macros: u32,
    /// The methods that state what is answered where they fail.
    pub(super) explained: BTreeSet<Pos>,
    /// The functions that what is not followed flows from, by its code.
    pub(super) sources: BTreeMap<u64, Arc<Writer>>,
    /// How many closures surround this place.
    pub(super) closures: u32,
    /// What flows into the arguments of the call that is made next.
    pub(super) into_args: u64,
    /// The variables that were lent to something that may change them.
    lent: Vec<Name>,
    /// The bodies of the functions that run, by where they stand.
    running: Vec<*const Item>,
    /// Those that ran.
    ran: Vec<*const Item>,
    /// How deep functions called functions.
    deepest: u32,
    /// How often something was left open for a reason that holds only where it stands.
    left_open: u32,
    /// What functions gave before.
    runs: &'a Runs,
}

/// A function that runs.
pub(super) struct Frame {
    pub(super) scope: Scope,
    pub(super) variables: BTreeMap<Name, Value>,
    /// What `return` gave.
    pub(super) returned: Vec<Value>,
    /// What `break` gave.
    broken: Vec<Value>,
    /// `use` inside the body.
    pub(super) uses: BTreeMap<Name, Vec<Name>>,
    /// Closures, and functions inside the body, by the variable that holds them.
    pub(super) closures: BTreeMap<Name, Arc<Closure>>,
    /// What lets a variable be changed by another name.
    pub(super) aliases: BTreeMap<Name, Name>,
    /// `macro_rules!` inside the body.
    pub(super) macros: BTreeMap<Name, RawTokens>,
    /// How many branches surround this place.
    branches: u32,
    /// How many surround the `let` of a variable, where it stands in one.
    bound: BTreeMap<Name, u32>,
    /// The code that flows into a variable of which not all is known.
    pub(super) flows: BTreeMap<Name, u64>,
    /// The code that flows into what `return` gave.
    returned_flow: u64,
    /// The parameter that the answer is written into, where there is one, and what it held where the function was left.
    pub(super) written: Option<(Name, Vec<Value>)>,
    /// The function, where another one called it.
    pub(super) writer: Option<Arc<Writer>>,
}

impl Frame {
    /// Before the first statement.
    pub(super) fn new(scope: &Scope, receiver: Option<Value>) -> Self {
        let variables = receiver.into_iter().map(|value| (Name::from("self"), value)).collect();
        Self {
            scope: scope.clone(),
            variables,
            returned: Vec::new(),
            broken: Vec::new(),
            uses: BTreeMap::new(),
            macros: BTreeMap::new(),
            closures: BTreeMap::new(),
            aliases: BTreeMap::new(),
            branches: 0,
            bound: BTreeMap::new(),
            flows: BTreeMap::new(),
            returned_flow: 0,
            written: None,
            writer: None,
        }
    }

    /// Is it the parameter that the answer is written into?
    pub(super) fn writes(&self, name: &Name) -> bool {
        self.written.as_ref().is_some_and(|(written, _)| written == name)
    }

    /// Runs what binds these names anew: behind it they are what they were.
    fn scoped<T>(&mut self, names: &[Name], run: impl FnOnce(&mut Self) -> T) -> T {
        let before: Vec<_> = names
            .iter()
            .map(|name| {
                (self.variables.get(name).cloned(), self.flows.get(name).copied(), self.bound.get(name).copied())
            })
            .collect();
        let out = run(self);
        for (name, (value, flow, bound)) in names.iter().zip(before) {
            restore(&mut self.variables, name, value);
            restore(&mut self.flows, name, flow);
            restore(&mut self.bound, name, bound);
        }
        out
    }
}

fn restore<T>(all: &mut BTreeMap<Name, T>, name: &Name, before: Option<T>) {
    match before {
        Some(value) => drop(all.insert(name.clone(), value)),
        None => drop(all.remove(name)),
    }
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(crates: &'a Crates, runs: &'a Runs) -> Self {
        Self {
            crates,
            depth: 0,
            fuel: FUEL,
            traces: true,
            met: 0,
            macros: 0,
            closures: 0,
            sources: BTreeMap::new(),
            into_args: 0,
            explained: BTreeSet::new(),
            lent: Vec::new(),
            running: Vec::new(),
            ran: Vec::new(),
            deepest: 0,
            left_open: 0,
            runs,
        }
    }

    /// One that is asked only with which statuses code ends.
    pub(super) fn of_statuses(crates: &'a Crates, runs: &'a Runs) -> Self {
        Self { traces: false, ..Self::new(crates, runs) }
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
        let method = function(self.crates, item, name)?;
        Some(self.run(method, scope, Some(receiver), args))
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
        let method = function(self.crates, item, name)?;
        self.written_by(method, scope, &argument.into(), Some(receiver))
    }

    /// What a function leaves in its parameter `argument`, wherever it ends.
    pub(super) fn written_by(
        &mut self,
        item: &Item,
        scope: &Scope,
        argument: &Name,
        receiver: Option<Value>,
    ) -> Option<Value> {
        let (ItemKind::Fn(function), body) = (&item.kind, item.body()?) else { return None };
        let mut frame = Frame::new(scope, receiver);
        for param in &function.params {
            if let Some(name) = &param.name {
                frame.variables.insert(name.clone(), Value::of(&self.crates.ty(scope, &param.ty)));
            }
        }
        let begun = Value::begun(Value::Status(Some(crate::model::Status::Code(200))));
        frame.variables.insert(argument.clone(), begun);
        frame.written = Some((argument.clone(), Vec::new()));
        let last = self.block(&mut frame, &parse::body(&body));
        let (_, mut ways) = frame.written?;
        if !last.is_never() {
            ways.push(frame.variables.remove(argument)?);
        }
        Some(Value::OneOf(ways.into_iter().map(|value| (None, value)).collect()))
    }

    /// What a function gives. Of one that is called for the same again, it is known.
    pub(super) fn run(&mut self, item: &Item, scope: &Scope, receiver: Option<Value>, args: Vec<Value>) -> Value {
        let around = (self.closures, self.macros, self.traces);
        let called = Called { scope: scope.clone(), receiver, args, around };
        if self.depth == 0 || self.into_args != 0 || !called.is_plain() {
            return self.walk(item, scope, called.receiver, called.args);
        }
        let room = |gave: &Gave| {
            self.depth + gave.height <= DEPTH
                && gave.fuel <= self.fuel
                && !gave.ran.iter().any(|item| self.running.contains(item))
        };
        if let Some(gave) = self.runs.of(item, &called).filter(room) {
            self.fuel -= gave.fuel;
            self.deepest = self.deepest.max(self.depth + gave.height);
            self.ran.extend(gave.ran);
            return gave.value;
        }
        let (before, fuel, ran) = (self.left_open, self.fuel, self.ran.len());
        let deepest = std::mem::replace(&mut self.deepest, self.depth);
        let value = self.walk(item, scope, called.receiver.clone(), called.args.clone());
        let height = self.deepest - self.depth;
        self.deepest = self.deepest.max(deepest);
        if self.left_open == before {
            let mut all = self.ran.get(ran..).unwrap_or_default().to_vec();
            all.sort_unstable();
            all.dedup();
            self.runs.keep(item, called, Gave { value: value.clone(), height, fuel: fuel - self.fuel, ran: all });
        }
        value
    }

    fn walk(&mut self, item: &Item, scope: &Scope, receiver: Option<Value>, args: Vec<Value>) -> Value {
        let ItemKind::Fn(function) = &item.kind else { return Value::Unknown };
        let scope = &self.inside(function, scope);
        let typed = function.ret.as_ref().map_or(Value::Unknown, |ret| Value::of(&self.crates.ty(scope, ret)));
        // Of the first, the ways through it are asked for.
        if self.depth > 0 && results::is_told(&typed) {
            return typed;
        }
        // Of a function that calls itself, nothing but its type tells what it gives there.
        let here = std::ptr::from_ref(item);
        let runs = self.depth < DEPTH && !self.running.contains(&here);
        let Some(body) = item.body().filter(|_| runs) else {
            self.left_open += 1;
            self.meet(&item.name);
            return typed;
        };
        self.deepest = self.deepest.max(self.depth + 1);
        self.ran.push(here);
        let into_args = std::mem::take(&mut self.into_args);
        let mut frame = Frame::new(scope, receiver);
        for (param, arg) in function.params.iter().zip(args.into_iter().map(Some).chain(std::iter::repeat(None))) {
            let arg = arg.filter(|value| *value != Value::Unknown);
            let value = arg.unwrap_or_else(|| Value::of(&self.crates.ty(scope, &param.ty)));
            if let Some(name) = &param.name {
                if into_args != 0 && super::flow::is_open(&value) {
                    frame.flows.insert(name.clone(), into_args);
                }
                frame.variables.insert(name.clone(), value);
            }
        }
        if self.depth > 0 && self.traces {
            frame.writer = Some(Arc::new(self.writer(item, scope)));
        }
        self.depth += 1;
        self.running.push(here);
        let (last, flow) = self.flowing(|this| {
            // What answers is walked once.
            let block = if this.depth == 1 { Arc::new(parse::body(&body)) } else { this.crates.block(&body) };
            let last = this.block(&mut frame, &block);
            this.meet_code(frame.returned_flow);
            last
        });
        self.running.pop();
        self.depth -= 1;
        let value = with_returned(frame.returned, last);
        if super::flow::is_open(&value) {
            self.left_open += 1;
        }
        if self.traces && super::flow::is_open(&value) {
            let unmet = || self.crates.code(item, scope.module);
            let flow = if flow == 0 { unmet() } else { flow };
            self.meet_code(flow);
            if let Some(by) = frame.writer.take() {
                self.sources.entry(flow).or_insert(by);
            }
        }
        let tells_nothing = match value.clone().settled() {
            Value::Unknown => true,
            // It never returns, or nobody has written it yet.
            Value::OneOf(arms) => arms.is_empty(),
            _ => false,
        };
        if tells_nothing { typed } else { value }
    }

    fn writer(&self, item: &Item, scope: &Scope) -> Writer {
        let owner = match &scope.self_ty {
            Some(Ty::Def(def, _)) => self.crates.def(*def).map(|found| found.path),
            _ => None,
        };
        let around = owner.unwrap_or_else(|| self.crates.module_path(scope.module));
        Writer { path: format!("{around}::{}", item.name), place: self.crates.place(scope.module, item.pos) }
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
        frame.macros.extend(block.macros.iter().map(|(name, rules)| (name.clone(), rules.clone())));
        let mut last = Value::Empty;
        for statement in &block.statements {
            last = self.statement(frame, statement);
        }
        last
    }

    /// A block inside: what it binds is gone behind it.
    fn inner(&mut self, frame: &mut Frame, block: &Block) -> Value {
        let mut names = Vec::new();
        for statement in &block.statements {
            if let StatementKind::Let { pattern, .. } = &statement.kind {
                bound(pattern, &mut names);
            }
        }
        frame.scoped(&names, |frame| self.block(frame, block))
    }

    fn statement(&mut self, frame: &mut Frame, statement: &Statement) -> Value {
        if self.crates.given(frame.scope.module, &statement.condition) == Condition::Never {
            return Value::Empty;
        }
        match &statement.kind {
            StatementKind::Let { pattern, ty, value, otherwise } => {
                let (mut known, flow) =
                    self.flowing(|this| value.as_ref().map_or(Value::Unknown, |value| this.expr(frame, value)));
                self.lent_to(frame, flow);
                if let Some(ty) = ty {
                    known = self.stated(frame, known, ty);
                }
                if let Some(otherwise) = otherwise {
                    let opened = value.as_ref().and_then(|value| self.without(frame, pattern, value));
                    let before = Self::state(frame);
                    self.decided(|this| this.branch(frame, |this, frame| this.inner(frame, otherwise)));
                    // What stands there leaves.
                    Self::back(frame, &before);
                    frame.variables.extend(opened);
                }
                if let (None, Pattern::Name(name), Value::Unknown) = (value, pattern, &known) {
                    // `let a;` is given its value behind.
                    frame.variables.remove(name);
                } else {
                    self.bind(frame, pattern, known);
                }
                Self::bound_by(frame, pattern, flow);
                if let Some(value) = value {
                    Self::stands_for(frame, pattern, value);
                }
                Value::Empty
            }
            StatementKind::Expr(expr, true) if !diverges(expr) => {
                let (value, flow) = self.flowing(|this| this.expr(frame, expr));
                self.lent_to(frame, flow);
                self.kept(frame, expr, &value, flow);
                // A macro, or a branch, that leaves.
                if value.is_never() && matches!(expr.kind, ExprKind::Macro(..)) { value } else { Value::Empty }
            }
            StatementKind::Expr(expr, _) => self.expr(frame, expr),
        }
    }

    /// A closure that a name stands for, or what it lets be changed: `|a| …`, `&mut a`, `a.get_mut("b")`.
    fn stands_for(frame: &mut Frame, pattern: &Pattern, from: &Expr) {
        let mut names = Vec::new();
        bound(pattern, &mut names);
        let base = match &from.kind {
            ExprKind::Path(path) if from.lent => Some(path),
            ExprKind::Chain(base, links) => match (&base.kind, links.first()) {
                (ExprKind::Path(path), Some(Link::Method { name, .. })) if super::built::lets_change(name) => {
                    Some(path)
                }
                _ => None,
            },
            _ => None,
        };
        let base = base.and_then(|path| match path.segments.as_slice() {
            [only] => Some(&only.name),
            _ => None,
        });
        for name in names {
            frame.closures.remove(&name);
            frame.aliases.remove(&name);
            if let ExprKind::Closure(closure) = &from.kind {
                frame.closures.insert(name.clone(), Arc::clone(closure));
            }
            if let Some(base) = base.filter(|base| **base != name) {
                frame.aliases.insert(name, base.clone());
            }
        }
    }

    /// A value whose type is written: it tells of what is not known, and of a list that is empty yet.
    fn stated(&self, frame: &Frame, known: Value, ty: &Type) -> Value {
        let is_empty = matches!(&known, Value::List(item) if item.is_never());
        if known != Value::Unknown && !is_empty {
            return known;
        }
        let ty = Value::of(&self.crates.ty(&frame.scope, ty));
        if is_empty && super::flow::is_open(&ty) { known } else { ty }
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

    /// What was lent holds what was made of it.
    fn lent_to(&mut self, frame: &mut Frame, flow: u64) {
        for name in std::mem::take(&mut self.lent) {
            Self::flows_into(frame, &name, flow);
        }
    }

    /// `res.render(x);` and `res.headers_mut().insert(…)` change the variable that they are called on.
    fn kept(&mut self, frame: &mut Frame, expr: &Expr, value: &Value, flow: u64) {
        let ExprKind::Chain(base, links) = &expr.kind else { return };
        let (ExprKind::Path(path), [Link::Method { name, .. }, ..]) = (&base.kind, links.as_slice()) else { return };
        let [only] = path.segments.as_slice() else { return };
        if frame.variables.get(&only.name).is_some_and(super::flow::is_open) {
            Self::flows_into(frame, &only.name, flow);
        }
        if name.contains("header")
            && name != "headers"
            && let Some(before) = frame.variables.get(&only.name).cloned()
        {
            let after = self.with_header_links(frame, links, before);
            return self.set(frame, only.name.clone(), after);
        }
        if !matches!(name.as_str(), "render" | "status_code" | "content_type" | "stuff") {
            if frame.writes(&only.name) && !matches!(name.as_str(), "headers" | "cookies" | "cookie") {
                frame.variables.insert(only.name.clone(), Value::Unknown);
            }
            return;
        }
        if frame.variables.contains_key(&only.name) {
            self.set(frame, only.name.clone(), value.clone());
        }
    }

    fn set(&mut self, frame: &mut Frame, name: Name, value: Value) {
        let before = frame.variables.remove(&name);
        let value = match before {
            // What is built is joined behind the branch.
            Some(before)
                if frame.branches > frame.bound.get(&name).copied().unwrap_or(0)
                    && !super::built::is_built(&before)
                    && !frame.writes(&name) =>
            {
                before.or(value)
            }
            _ => value,
        };
        frame.variables.insert(name, value);
    }

    /// What a part of a body gives that `return` ends alone.
    pub(super) fn apart(&mut self, frame: &mut Frame, run: impl FnOnce(&mut Self, &mut Frame) -> Value) -> Value {
        let around = std::mem::take(&mut frame.returned);
        let around_flow = std::mem::take(&mut frame.returned_flow);
        let last = run(self, frame);
        let returned = std::mem::replace(&mut frame.returned, around);
        let flow = std::mem::replace(&mut frame.returned_flow, around_flow);
        self.meet_code(flow);
        with_returned(returned, last)
    }

    fn branch<T>(&mut self, frame: &mut Frame, run: impl FnOnce(&mut Self, &mut Frame) -> T) -> T {
        frame.branches += 1;
        let out = run(self, frame);
        frame.branches -= 1;
        out
    }

    pub(super) fn expr(&mut self, frame: &mut Frame, expr: &Expr) -> Value {
        let Some(fuel) = self.fuel.checked_sub(1) else {
            self.left_open += 1;
            return Value::Unknown;
        };
        self.fuel = fuel;
        match &expr.kind {
            ExprKind::Text(text) if matches!(text.as_str(), "true" | "false") => {
                Value::Data(Ty::Primitive("bool".into()))
            }
            ExprKind::Text(_) => Value::Text,
            ExprKind::Path(path) => {
                if let (true, [only]) = (expr.lent, path.segments.as_slice()) {
                    self.lend(frame, &only.name);
                }
                let value = self.path(frame, path);
                if let [only] = path.segments.as_slice()
                    && frame.writes(&only.name)
                {
                    // Whoever is handed it writes what nobody sees.
                    frame.variables.insert(only.name.clone(), Value::Unknown);
                }
                value
            }
            ExprKind::Call(path, args) => self.call(frame, path, args),
            ExprKind::Chain(base, links) => self.chain(frame, base, links),
            ExprKind::Macro(path, raw) => super::json::expand(self, frame, path, raw, expr.pos),
            ExprKind::Block(block) | ExprKind::Labelled(block) => self.inner(frame, block),
            ExprKind::Async(block) => self.apart(frame, |this, frame| this.inner(frame, block)),
            ExprKind::If { head, condition, then, otherwise } => {
                let on = condition.as_ref().map(|c| self.crates.given(frame.scope.module, c));
                if on == Some(Condition::Never) {
                    return otherwise.as_ref().map_or(Value::Empty, |otherwise| self.expr(frame, otherwise));
                }
                let mut names = Vec::new();
                bound_in(head, &mut names);
                let before = Self::state(frame);
                let then = frame.scoped(&names, |frame| {
                    self.decided(|this| this.expr(frame, head));
                    self.branch(frame, |this, frame| this.inner(frame, then))
                });
                if let (Some(_), Some(Condition::Always)) = (otherwise, &on) {
                    return then;
                }
                let mut ways = Vec::new();
                if !then.is_never() {
                    ways.push(Self::state(frame));
                }
                Self::back(frame, &before);
                let other =
                    otherwise.as_ref().map(|otherwise| self.branch(frame, |this, frame| this.expr(frame, otherwise)));
                if !other.as_ref().is_some_and(Value::is_never) {
                    ways.push(Self::state(frame));
                }
                self.join(frame, &before, ways);
                match other {
                    Some(other) => Value::OneOf(vec![(None, then), (None, other)]),
                    None => Value::Empty,
                }
            }
            ExprKind::Match(head, arms) => self.matching(frame, head, arms),
            ExprKind::For(pattern, from, body) => {
                let (over, flow) = self.flowing(|this| this.expr(frame, from));
                let mut names = Vec::new();
                bound(pattern, &mut names);
                let before = Self::state(frame);
                frame.scoped(&names, |frame| {
                    self.bind(frame, pattern, super::methods::item_of(&over).unwrap_or(Value::Unknown));
                    Self::bound_by(frame, pattern, flow);
                    Self::stands_for(frame, pattern, from);
                    self.decided(|this| this.branch(frame, |this, frame| this.inner(frame, body)));
                });
                let after = Self::state(frame);
                self.join(frame, &before, vec![before.clone(), after]);
                Value::Empty
            }
            ExprKind::Loop(head, body) => {
                let mut names = Vec::new();
                head.iter().for_each(|head| bound_in(head, &mut names));
                let before = Self::state(frame);
                let around = std::mem::take(&mut frame.broken);
                frame.scoped(&names, |frame| {
                    if let Some(head) = head {
                        self.decided(|this| this.expr(frame, head));
                    }
                    self.decided(|this| this.branch(frame, |this, frame| this.inner(frame, body)));
                });
                let after = Self::state(frame);
                self.join(frame, &before, vec![before.clone(), after]);
                let broken = std::mem::replace(&mut frame.broken, around);
                if head.is_none() && !broken.is_empty() {
                    return Value::OneOf(broken.into_iter().map(|value| (None, value)).collect());
                }
                self.meet("loop");
                Value::Unknown
            }
            ExprKind::Bind(pattern, from) => {
                let (value, flow) = self.flowing(|this| this.expr(frame, from));
                self.bind(frame, pattern, value);
                Self::bound_by(frame, pattern, flow);
                Self::stands_for(frame, pattern, from);
                Value::Unknown
            }
            ExprKind::List(items) if items.is_empty() => Value::Empty,
            ExprKind::List(items) => match self.headers_of(frame, items) {
                Some(headers) => headers,
                None => Value::Parts(items.iter().map(|item| self.expr(frame, item)).collect()),
            },
            ExprKind::Return(leave, value) => {
                let (value, flow) =
                    self.flowing(|this| value.as_ref().map_or(Value::Empty, |value| this.expr(frame, value)));
                match leave {
                    Leave::Function => {
                        if let Some((name, ways)) = &mut frame.written {
                            ways.extend(frame.variables.get(name).cloned());
                        }
                        frame.returned.push(value);
                        frame.returned_flow = hash_of_parts(&[("", frame.returned_flow), ("", flow)]);
                    }
                    Leave::Loop(_) if value != Value::Empty => {
                        frame.broken.push(value);
                        self.meet_code(flow);
                    }
                    Leave::Loop(_) | Leave::Turn(_) => {}
                }
                Value::OneOf(Vec::new())
            }
            ExprKind::Assign(target, value) => {
                // `json["key"] = value`
                if let ExprKind::Chain(base, links) = &target.kind
                    && let (ExprKind::Path(path), [Link::Index(_), ..]) = (&base.kind, links.as_slice())
                    && let [only] = path.segments.as_slice()
                    && self.decided(|this| this.assign_entry(frame, &only.name, links, value))
                {
                    return Value::Empty;
                }
                let (value, flow) = self.flowing(|this| {
                    let value = this.expr(frame, value);
                    if let ExprKind::Chain(_, links) = &target.kind {
                        for link in links {
                            if let Link::Index(index) = link
                                && let Some(key) = super::built::key(index)
                            {
                                this.meet(&key);
                            }
                        }
                    }
                    value
                });
                self.assign(frame, target, value, flow);
                Value::Empty
            }
            ExprKind::Struct(path, fields) => self.constructed(frame, path, fields),
            ExprKind::Not(inner) => {
                self.decided(|this| this.expr(frame, inner));
                Value::Data(Ty::Primitive("bool".into()))
            }
            ExprKind::Binary(operator, one, other) => {
                let (one, other) = (self.expr(frame, one), self.expr(frame, other));
                match *operator {
                    "&&" | "||" | "==" | "!=" | "<" | "<=" | ">" | ">=" => Value::Data(Ty::Primitive("bool".into())),
                    _ => computed([one, other]),
                }
            }
            ExprKind::Sum(items) => {
                let values: Vec<Value> = items.iter().map(|item| self.expr(frame, item)).collect();
                computed(values)
            }
            ExprKind::Number(text) => {
                let integer = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                Value::Data(Ty::Other(if integer { super::flow::INTEGER } else { super::flow::FLOAT }.to_owned()))
            }
            ExprKind::Range(from, to, _) => {
                for end in [from, to].into_iter().flatten() {
                    self.expr(frame, end);
                }
                Value::Unknown
            }
            ExprKind::Other(inner) => {
                for one in inner {
                    self.expr(frame, one);
                }
                Value::Unknown
            }
            ExprKind::Closure(_) => Value::Unknown,
        }
    }

    /// What stands in a macro of this side gives, as if it stood at the call.
    pub(super) fn inside_macro(&mut self, frame: &mut Frame, made: &RawTokens, spent: u32) -> Option<Value> {
        if self.macros >= DEPTH {
            return None;
        }
        self.fuel = self.fuel.saturating_sub(spent);
        self.macros += 1;
        let body = parse::body(made);
        let value = self.inner(frame, &body);
        self.macros -= 1;
        Some(value)
    }

    /// `&mut a`: whoever is handed it may change it.
    fn lend(&mut self, frame: &mut Frame, name: &Name) {
        self.lost(frame, name);
        if frame.variables.get(name).is_some_and(super::flow::is_open) {
            self.lent.push(name.clone());
        }
    }

    /// `*response.status_mut() = status`, `variable = value`.
    fn assign(&mut self, frame: &mut Frame, target: &Expr, value: Value, flow: u64) {
        let (path, links) = match &target.kind {
            ExprKind::Path(path) => (path, &[][..]),
            ExprKind::Chain(base, links) => match &base.kind {
                ExprKind::Path(path) => (path, links.as_slice()),
                _ => return,
            },
            _ => return,
        };
        let [only] = path.segments.as_slice() else { return };
        let Some(before) = frame.variables.get(&only.name).cloned() else {
            if links.is_empty() {
                frame.variables.insert(only.name.clone(), value);
                Self::flows_into(frame, &only.name, flow);
            }
            return;
        };
        let after = match links {
            [] => value,
            [Link::Method { name, .. }] if name == "status_mut" => before.at(&value),
            [Link::Method { name, .. }] if name == "body_mut" => before.with(&value),
            // salvo's `res.status_code = Some(status)`
            [Link::Field(name)] if name == "status_code" && frame.writes(&only.name) => before.at(&value),
            _ if frame.writes(&only.name) => Value::Unknown,
            _ => return Self::flows_into(frame, &only.name, flow),
        };
        match links {
            [] => Self::bound_by(frame, &Pattern::Name(only.name.clone()), flow),
            _ => Self::flows_into(frame, &only.name, flow),
        }
        self.set(frame, only.name.clone(), after);
    }

    fn matching(&mut self, frame: &mut Frame, head: &Expr, arms: &[Arm]) -> Value {
        let (head, flow) = self.flowing(|this| this.expr(frame, head));
        let mut all = Vec::new();
        let (before, mut ways) = (Self::state(frame), Vec::new());
        for arm in arms {
            let never = self.crates.given(frame.scope.module, &arm.condition) == Condition::Never;
            if never || !results::admits(&head, &arm.pattern) {
                continue;
            }
            let mut bindings = Vec::new();
            bound(&arm.pattern, &mut bindings);
            Self::back(frame, &before);
            let value = frame.scoped(&bindings, |frame| {
                self.branch(frame, |this, frame| {
                    this.bind(frame, &arm.pattern, head.clone());
                    Self::bound_by(frame, &arm.pattern, flow);
                    this.expr(frame, &arm.body)
                })
            });
            if !value.is_never() {
                ways.push(Self::state(frame));
            }
            let mut names = Vec::new();
            variants(&arm.pattern, &mut names);
            match names.as_slice() {
                [] => all.push((None, value)),
                names => all.extend(names.iter().map(|name| (Some(Self::full_name(&head, name)), value.clone()))),
            }
        }
        self.join(frame, &before, ways);
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
            Pattern::Rest(Some(name)) => {
                frame.variables.insert(name.clone(), Value::Unknown);
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
            Pattern::Path(_) | Pattern::Text(_) | Pattern::Either(_) | Pattern::Rest(None) | Pattern::Other => {}
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

fn function<'i>(crates: &Crates, item: &'i Item, name: &str) -> Option<&'i Item> {
    crates.members(item).iter().find(|member| member.name == name && matches!(member.kind, ItemKind::Fn(_)))
}

/// What a sum of values, or another operation on them, is: what the first is of which something is known.
fn computed(values: impl IntoIterator<Item = Value>) -> Value {
    let mut known: Option<Value> = None;
    for value in values {
        match value {
            Value::Text | Value::Data(Ty::Primitive(_)) => return value,
            value if super::flow::is_literal(&value) => known = known.or(Some(value)),
            _ => {}
        }
    }
    known.unwrap_or(Value::Unknown)
}

/// The names that a condition binds: `if let Some(a) = b && …`.
fn bound_in(head: &Expr, into: &mut Vec<Name>) {
    match &head.kind {
        ExprKind::Bind(pattern, _) => bound(pattern, into),
        ExprKind::Binary(_, one, other) => {
            bound_in(one, into);
            bound_in(other, into);
        }
        _ => {}
    }
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
        Pattern::Name(_) | Pattern::List(_) | Pattern::Text(_) | Pattern::Rest(_) | Pattern::Other => {}
    }
}
