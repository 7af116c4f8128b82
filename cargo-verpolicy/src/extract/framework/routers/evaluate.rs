//! What bodies that build routers come to: statements and expressions to values.

use super::expression::{Arm, Block, Expr, ExprKind, Link, Pattern, Statement, StatementKind};
use super::value::{Captured, HOLE, Named, Router, Target, Value, Variable, Variables};
use super::{parse, text};
use crate::extract::crates::{Crates, ModuleId, Scope, Ty};
use crate::model::{BlindSpot, BlindSpotKind, Condition, Place};
use crate::syntax::facts::{Name, Path, Pos, Segment, Type};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Functions that call functions deeper than this are not followed.
const CALLS: usize = 24;
/// Expressions that one workspace may have evaluated.
const FUEL: u32 = 4_000_000;

/// The flag that a route carries which code adds under a condition known only at run time.
pub(super) fn at_run_time() -> Condition {
    Condition::Flag("runtime".to_owned())
}

/// Works out what functions of one side build.
pub(super) struct Evaluation<'a> {
    pub(super) crates: &'a Crates,
    bodies: HashMap<usize, Rc<Block>>,
    /// Modules by path: several of one path stand under different conditions.
    pub(super) modules: HashMap<&'a str, Vec<ModuleId>>,
    stack: Vec<usize>,
    /// Functions that another function called, by the address of their item.
    pub(super) called: BTreeSet<usize>,
    fuel: u32,
    /// What could not be read.
    pub(super) blind_spots: BTreeSet<BlindSpot>,
}

/// One body while it is evaluated.
pub(super) struct Frame<'a> {
    pub(super) scope: Scope,
    /// Canonical path of the function.
    pub(super) path: String,
    pub(super) variables: Variables<'a>,
    uses: BTreeMap<Name, Vec<Name>>,
    /// Routers that went somewhere else than into another router or to the caller.
    pub(super) loose: Vec<Router<'a>>,
    returned: Vec<(Value<'a>, Condition)>,
    /// Under which condition the statement at hand runs.
    condition: Condition,
}

/// What a call comes to.
pub(super) struct Outcome<'a> {
    pub(super) value: Value<'a>,
    /// The parameters as the body leaves them.
    pub(super) parameters: Vec<Value<'a>>,
    pub(super) loose: Vec<Router<'a>>,
}

impl<'a> Outcome<'a> {
    /// Either of two outcomes; both carry their conditions.
    fn or(self, other: Self) -> Self {
        let both = |first, second| Value::either((first, &Condition::Always), (second, &Condition::Always));
        let parameters = self.parameters.into_iter().zip(other.parameters).map(|(a, b)| both(a, b)).collect();
        let loose = self.loose.into_iter().chain(other.loose).collect();
        Self { value: both(self.value, other.value), parameters, loose }
    }
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(crates: &'a Crates) -> Self {
        Self {
            crates,
            bodies: HashMap::new(),
            modules: HashMap::new(),
            stack: Vec::new(),
            called: BTreeSet::new(),
            fuel: FUEL,
            blind_spots: BTreeSet::new(),
        }
    }

    /// Calls a function of this side, and those of its path under other conditions.
    pub(super) fn call(&mut self, function: &Named<'a>, args: Vec<Value<'a>>) -> Option<Outcome<'a>> {
        let others = self.alternatives(function);
        if others.is_empty() {
            return self.call_one(function, args);
        }
        let mut all = self.call_one(function, args.clone());
        for other in others {
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
        let body = fact.body.as_ref()?;
        if self.stack.len() >= CALLS || self.stack.contains(&address) {
            return None;
        }
        if !self.stack.is_empty() {
            self.called.insert(address);
        }
        let block = Rc::clone(self.bodies.entry(address).or_insert_with(|| Rc::new(parse::body(body))));
        let mut frame = Frame::new(function.scope.clone(), function.path.clone());
        let mut args = args.into_iter();
        if let Some(receiver) = &fact.receiver {
            let given = args.next().unwrap_or(Value::Unknown);
            let value = self.parameter(&frame.scope, receiver, given);
            frame.set(Name::new("self"), value, true);
        }
        let mut names = Vec::new();
        for param in &fact.params {
            let given = args.next().unwrap_or(Value::Unknown);
            let value = self.parameter(&frame.scope, &param.ty, given);
            let by_reference = matches!(param.ty, crate::syntax::facts::Type::Ref { .. });
            names.push(param.name.clone().filter(|_| by_reference));
            if let Some(name) = &param.name {
                frame.set(name.clone(), value, by_reference);
            }
        }
        self.stack.push(address);
        let value = self.block(&mut frame, &block);
        self.stack.pop();
        let value = frame.outcome(value);
        let parameters = names
            .into_iter()
            .map(|name| name.and_then(|name| frame.variables.remove(&name)).map_or(Value::Unknown, |v| v.value))
            .collect();
        let (value, loose) = (under(value, &function.condition), frame.loose);
        let loose = loose.into_iter().flat_map(|router| under(Value::router(router), &function.condition).routers());
        Some(Outcome { value, parameters, loose: loose.collect() })
    }

    /// Evaluates the expression of a const.
    pub(super) fn constant(&mut self, scope: &Scope, raw: &crate::syntax::facts::RawTokens) -> Value<'a> {
        let key = raw.text.as_ptr().addr();
        if self.stack.len() >= CALLS || self.stack.contains(&key) {
            return Value::Unknown;
        }
        self.stack.push(key);
        let mut frame = Frame::new(scope.clone(), String::new());
        let value = self.expr(&mut frame, &parse::expression(raw));
        self.stack.pop();
        value
    }

    /// Calls a closure with these arguments.
    pub(super) fn apply(&mut self, frame: &mut Frame<'a>, closure: &Captured<'a>, args: Vec<Value<'a>>) -> Outcome<'a> {
        let mut inner = Frame::new(frame.scope.clone(), frame.path.clone());
        inner.uses.clone_from(&frame.uses);
        inner.variables.clone_from(&closure.variables);
        for variable in inner.variables.values_mut() {
            variable.used = true;
        }
        let mut args = args.into_iter();
        for param in &closure.closure.params {
            inner.bind(param, args.next().unwrap_or(Value::Unknown), true);
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
        let value = inner.outcome(value);
        let parameters = closure.closure.params.iter().map(|param| match param {
            Pattern::Name(name) => inner.variables.remove(name).map_or(Value::Unknown, |v| v.value),
            _ => Value::Unknown,
        });
        Outcome { value, parameters: parameters.collect(), loose: std::mem::take(&mut inner.loose) }
    }

    fn block(&mut self, frame: &mut Frame<'a>, block: &Block) -> Value<'a> {
        frame.uses.extend(block.uses.iter().map(|(name, path)| (name.clone(), path.clone())));
        let mut last = Value::Unknown;
        for statement in &block.statements {
            last = self.statement(frame, statement);
        }
        last
    }

    fn statement(&mut self, frame: &mut Frame<'a>, statement: &Statement) -> Value<'a> {
        let condition = self.crates.given(frame.scope.module, &statement.condition);
        if condition == Condition::Never {
            return Value::Unknown;
        }
        if condition == Condition::Always {
            return self.run(frame, &statement.kind);
        }
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        frame.condition = outer.clone().and(condition.clone());
        let value = self.run(frame, &statement.kind);
        frame.condition = outer;
        frame.join(before, &condition.clone().negate(), &condition);
        under(value, &condition)
    }

    fn run(&mut self, frame: &mut Frame<'a>, kind: &StatementKind) -> Value<'a> {
        match kind {
            StatementKind::Let { pattern, ty, value, otherwise } => {
                let value = match value {
                    Some(value) => self.expr(frame, value),
                    None => Value::Unknown,
                };
                let value = match (value, ty) {
                    (Value::Unknown, Some(ty)) => self.parameter(&frame.scope, ty, Value::Unknown),
                    (value, _) => value,
                };
                if let Some(otherwise) = otherwise {
                    self.block(frame, otherwise);
                }
                frame.bind(pattern, value, false);
                Value::Unknown
            }
            StatementKind::Expr(expr, dropped) => {
                let value = self.expr(frame, expr);
                if !*dropped {
                    return value;
                }
                if value.holds_router() && !is_place(expr) {
                    let condition = frame.condition.clone();
                    frame.loose.extend(under(value, &condition).routers());
                }
                Value::Unknown
            }
        }
    }

    pub(super) fn expr(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> Value<'a> {
        let Some(fuel) = self.fuel.checked_sub(1) else { return Value::Unknown };
        self.fuel = fuel;
        match &expr.kind {
            ExprKind::Text(text) => Value::Text(text.clone()),
            ExprKind::Path(path) => self.path(frame, path),
            ExprKind::Call(path, args) => self.call_path(frame, path, args, expr.pos),
            ExprKind::Chain(base, links) => self.chain(frame, base, links),
            ExprKind::Macro(path, raw) => self.expand(frame, path, raw, expr.pos),
            ExprKind::Closure(closure) => {
                let captured = Captured { closure: Rc::clone(closure), variables: frame.variables.clone() };
                frame.use_all();
                Value::Closure(Box::new(captured))
            }
            ExprKind::Block(block) => self.block(frame, block),
            ExprKind::If { head, condition, then, otherwise } => {
                self.conditional(frame, head, condition.as_ref(), then, otherwise.as_deref())
            }
            ExprKind::Match(head, arms) => self.matching(frame, head, arms),
            ExprKind::For(pattern, over, body) => {
                let items = match self.expr(frame, over) {
                    Value::List(items) => items,
                    _ => vec![Value::Unknown],
                };
                for item in items {
                    frame.bind(pattern, item, true);
                    self.block(frame, body);
                }
                Value::Unknown
            }
            ExprKind::Loop(head, body) => {
                if let Some(head) = head {
                    self.expr(frame, head);
                }
                self.block(frame, body)
            }
            ExprKind::Bind(pattern, value) => {
                let value = self.expr(frame, value);
                frame.bind(pattern, value, false);
                Value::Unknown
            }
            ExprKind::Struct(path, fields) => self.structure(frame, path, fields),
            ExprKind::List(items) => Value::List(items.iter().map(|item| self.expr(frame, item)).collect()),
            ExprKind::Return(value) => {
                if let Some(value) = value {
                    let value = self.expr(frame, value);
                    let condition = frame.condition.clone();
                    frame.returned.push((value, condition));
                }
                Value::Unknown
            }
            ExprKind::Assign(target, value) => {
                let value = self.expr(frame, value);
                self.assign(frame, target, value);
                Value::Unknown
            }
            ExprKind::Sum(parts) => {
                let values: Vec<_> = parts.iter().map(|part| self.expr(frame, part)).collect();
                text::concat(&values).map_or_else(|| handed_on(values), Value::Text)
            }
            ExprKind::Other(parts) => {
                let values = parts.iter().map(|part| self.expr(frame, part)).collect();
                handed_on(values)
            }
        }
    }

    pub(super) fn args(&mut self, frame: &mut Frame<'a>, args: &[Expr]) -> Vec<Value<'a>> {
        args.iter().map(|arg| self.expr(frame, arg)).collect()
    }

    /// `A { b: c }`: a struct of this side keeps its fields; of others only routers are kept.
    fn structure(&mut self, frame: &mut Frame<'a>, path: &Path, fields: &[(Name, Expr)]) -> Value<'a> {
        let named = Type::Path { qself: None, path: path.clone() };
        let values = fields.iter().map(|(name, value)| (name.clone(), self.expr(frame, value)));
        let values: Vec<_> = values.collect();
        match self.crates.ty(&frame.scope, &named) {
            ty @ Ty::Def(..) => {
                let mut known = BTreeMap::new();
                for (name, value) in values {
                    match value {
                        Value::Struct(_, rest) if name.is_empty() => {
                            for (name, value) in rest {
                                known.entry(name).or_insert(value);
                            }
                        }
                        value => {
                            known.insert(name, value);
                        }
                    }
                }
                Value::Struct(ty, known)
            }
            _ => handed_on(values.into_iter().map(|(_, value)| value).collect()),
        }
    }

    fn assign(&mut self, frame: &mut Frame<'a>, target: &Expr, value: Value<'a>) {
        if let ExprKind::Chain(base, links) = &target.kind
            && let [Link::Field(field)] = links.as_slice()
            && let Some(Variable { value: Value::Struct(_, fields), .. }) =
                variable(base).and_then(|name| frame.variables.get_mut(name))
        {
            fields.insert(field.clone(), value);
            return;
        }
        match variable(target) {
            Some(name) => frame.set(name.clone(), value, false),
            None if value.holds_router() => {
                let condition = frame.condition.clone();
                frame.loose.extend(under(value, &condition).routers());
            }
            None => {}
        }
    }

    fn conditional(
        &mut self,
        frame: &mut Frame<'a>,
        head: &Expr,
        condition: Option<&Condition>,
        then: &Block,
        otherwise: Option<&Expr>,
    ) -> Value<'a> {
        let given = condition.map(|c| self.crates.given(frame.scope.module, c));
        if given.is_none() {
            self.expr(frame, head);
        }
        let on = given.unwrap_or_else(at_run_time);
        let off = if on == at_run_time() { at_run_time() } else { on.clone().negate() };
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        frame.condition = outer.clone().and(on.clone());
        let first = if on == Condition::Never { Value::Unknown } else { self.block(frame, then) };
        let after_then = std::mem::replace(&mut frame.variables, before);
        frame.condition = outer.clone().and(off.clone());
        let second = match otherwise {
            Some(_) if off == Condition::Never => Value::Unknown,
            Some(otherwise) => self.expr(frame, otherwise),
            None => Value::Unknown,
        };
        frame.condition = outer;
        frame.join(after_then, &on, &off);
        Value::either((first, &on), (second, &off))
    }

    fn matching(&mut self, frame: &mut Frame<'a>, head: &Expr, arms: &[Arm]) -> Value<'a> {
        let value = self.expr(frame, head);
        if arms.iter().any(|arm| is_route(&arm.pattern)) {
            let detail = format!("`{}` matches methods and paths by hand: state its routes in marks", frame.path);
            self.blind(frame, head.pos, BlindSpotKind::OtherService, detail);
        }
        let chosen = arms.iter().find(|arm| fits(&arm.pattern, &value) == Some(true));
        if let Some(arm) = chosen {
            return self.expr(frame, &arm.body);
        }
        let condition = at_run_time();
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        let mut all: Option<(Value<'a>, Variables<'a>)> = None;
        for arm in arms.iter().filter(|arm| fits(&arm.pattern, &value) != Some(false)) {
            let own = self.crates.given(frame.scope.module, &arm.condition);
            if own == Condition::Never {
                continue;
            }
            frame.variables.clone_from(&before);
            frame.condition = outer.clone().and(condition.clone()).and(own);
            frame.bind(&arm.pattern, value.clone(), true);
            let found = self.expr(frame, &arm.body);
            all = Some(match all.take() {
                None => (found, std::mem::take(&mut frame.variables)),
                Some((known, variables)) => {
                    frame.join(variables, &condition, &condition);
                    (Value::either((known, &condition), (found, &condition)), std::mem::take(&mut frame.variables))
                }
            });
        }
        frame.condition = outer;
        match all {
            Some((value, variables)) => {
                frame.variables = variables;
                value
            }
            None => {
                frame.variables = before;
                Value::Unknown
            }
        }
    }

    /// The path as the block's `use` makes it.
    pub(super) fn whole_path(frame: &Frame<'a>, path: &Path) -> Path {
        let Some((first, rest)) = path.segments.split_first() else { return path.clone() };
        let Some(names) = frame.uses.get(&first.name).filter(|_| !path.global) else { return path.clone() };
        let segment = |name: &Name| Segment { name: name.clone(), args: Vec::new(), call: None };
        Path { global: false, segments: names.iter().map(segment).chain(rest.iter().cloned()).collect() }
    }

    pub(super) fn place(&self, frame: &Frame<'a>, pos: Pos) -> Place {
        self.crates.place(frame.scope.module, pos)
    }

    pub(super) fn blind(&mut self, frame: &Frame<'a>, pos: Pos, kind: BlindSpotKind, detail: String) {
        let place = Some(self.place(frame, pos));
        self.blind_spots.insert(BlindSpot { kind, place, detail, hides: None });
    }

    /// What answers a route.
    pub(super) fn target(frame: &Frame<'a>, value: &Value<'a>) -> Target<'a> {
        match value {
            Value::Function(named) => Target { path: named.path.clone(), function: Some((**named).clone()) },
            _ => Target { path: format!("{}::{{closure}}", frame.path), function: None },
        }
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(scope: Scope, path: String) -> Self {
        Self {
            scope,
            path,
            variables: BTreeMap::new(),
            uses: BTreeMap::new(),
            loose: Vec::new(),
            returned: Vec::new(),
            condition: Condition::Always,
        }
    }

    pub(super) fn set(&mut self, name: Name, value: Value<'a>, used: bool) {
        self.variables.insert(name, Variable { value, used });
    }

    /// Everything that a closure sees is handed on.
    fn use_all(&mut self) {
        for variable in self.variables.values_mut() {
            variable.used = true;
        }
    }

    pub(super) fn bind(&mut self, pattern: &Pattern, value: Value<'a>, used: bool) {
        match (pattern, value) {
            (Pattern::Name(name), value) => self.set(name.clone(), value, used),
            (Pattern::Inside(_, inner), value) => self.bind(inner, value, used),
            (Pattern::List(parts), Value::List(values)) => {
                let mut values = values.into_iter();
                for part in parts {
                    self.bind(part, values.next().unwrap_or(Value::Unknown), used);
                }
            }
            (Pattern::List(parts), value) => {
                // What a call hands back beside a router: `let (router, api) = …`.
                let mut value = Some(value).filter(Value::holds_router);
                for part in parts {
                    self.bind(part, value.take().unwrap_or(Value::Unknown), used);
                }
            }
            (_, value) => self.loose.extend(value.routers()),
        }
    }

    /// The variables of one branch (`other`) put together with those that stand here.
    fn join(&mut self, other: Variables<'a>, on: &Condition, off: &Condition) {
        for (name, first) in other {
            match self.variables.remove(&name) {
                Some(second) => {
                    let used = first.used || second.used;
                    let value = Value::either((first.value, on), (second.value, off));
                    self.variables.insert(name, Variable { value, used });
                }
                None => {
                    self.variables.insert(name, first);
                }
            }
        }
    }

    /// The value of the body: its end and every `return`. Routers in variables that nobody used are loose.
    fn outcome(&mut self, value: Value<'a>) -> Value<'a> {
        let mut all = value;
        for (value, condition) in std::mem::take(&mut self.returned) {
            all = match all {
                Value::Unknown => under(value, &condition),
                known => Value::either((known, &Condition::Always), (value, &condition)),
            };
        }
        for variable in self.variables.values_mut().filter(|v| !v.used && v.value.holds_router()) {
            variable.used = true;
            self.loose.extend(variable.value.clone().routers());
        }
        all
    }
}

/// `(&Method::GET, "/users")`
fn is_route(pattern: &Pattern) -> bool {
    let Pattern::List(parts) = pattern else { return false };
    let (mut method, mut path) = (false, false);
    for part in parts {
        match part {
            Pattern::Path(name) => method |= super::words::verb(&name.to_lowercase()).is_some(),
            Pattern::Text(text) if text.starts_with('/') => path = true,
            Pattern::Text(text) => method |= super::words::verb(&text.to_lowercase()).is_some(),
            _ => {}
        }
    }
    method && path
}

/// The variable that an expression is.
pub(super) fn variable(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Path(path) if !path.global => match path.segments.as_slice() {
            [only] => Some(&only.name),
            _ => None,
        },
        _ => None,
    }
}

/// Is its value that of a variable, changed in place?
fn is_place(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Path(_) => true,
        ExprKind::Chain(base, links) => variable(base).is_some() && super::calls::changes_in_place(links),
        _ => false,
    }
}

/// An item's address: the same item is the same function.
pub(super) fn address(item: &crate::syntax::facts::Item) -> usize {
    std::ptr::from_ref(item).addr()
}

/// Routers that something unknown was handed: it hands them on.
pub(super) fn handed_on<'a>(values: Vec<Value<'a>>) -> Value<'a> {
    let mut found: Vec<Value<'a>> = values.into_iter().filter(Value::holds_router).collect();
    match (found.len(), found.pop()) {
        (_, None) => Value::Unknown,
        (1, Some(only)) => only,
        (_, Some(last)) => {
            found.push(last);
            Value::List(found)
        }
    }
}

/// The value under one more condition.
pub(super) fn under<'a>(value: Value<'a>, condition: &Condition) -> Value<'a> {
    if *condition == Condition::Always {
        return value;
    }
    match value {
        Value::Router(mut router) => {
            for route in &mut router.routes {
                route.condition = std::mem::take(&mut route.condition).and(condition.clone());
            }
            Value::Router(router)
        }
        Value::List(items) => Value::List(items.into_iter().map(|item| under(item, condition)).collect()),
        Value::Struct(ty, fields) => {
            Value::Struct(ty, fields.into_iter().map(|(name, value)| (name, under(value, condition))).collect())
        }
        value => value,
    }
}

/// Does the pattern take the value? `None` when nobody knows.
fn fits(pattern: &Pattern, value: &Value<'_>) -> Option<bool> {
    match (pattern, value) {
        (Pattern::Path(name), Value::Word(word) | Value::Variant(_, word)) => Some(name == word),
        (Pattern::Text(text), Value::Text(known)) if !known.contains(HOLE) => Some(text == known),
        (Pattern::Either(all), value) => {
            let fitting: Option<Vec<bool>> = all.iter().map(|one| fits(one, value)).collect();
            fitting.map(|all| all.contains(&true))
        }
        (Pattern::Other | Pattern::Name(_), Value::Word(_) | Value::Variant(..)) => Some(true),
        _ => None,
    }
}
