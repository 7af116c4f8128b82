//! The variables of a body while it is evaluated, and what a call comes to.

use super::exits::Around;
use super::places::{Stand, inside};
use super::value::{Router, Value, Variable, Variables};
use crate::extract::crates::Scope;
use crate::model::Condition;
use crate::syntax::expression::{Expr, ExprKind, Leave, Pattern};
use crate::syntax::facts::{GenericArg, Item, Name, RawTokens};
use std::collections::BTreeMap;

/// One body while it is evaluated.
pub(super) struct Frame<'a> {
    pub(super) scope: Scope,
    /// Canonical path of the function.
    pub(super) path: String,
    /// The function.
    pub(super) item: Option<&'a Item>,
    pub(super) variables: Variables<'a>,
    pub(super) uses: BTreeMap<Name, Vec<Name>>,
    /// Modules and types that `use …::*` inside the body opens.
    pub(super) globs: Vec<Vec<Name>>,
    /// What stands in each `macro_rules!` of the body.
    pub(super) macros: BTreeMap<Name, RawTokens>,
    /// Routers that went somewhere else than into another router or to the caller.
    pub(super) loose: Vec<Router<'a>>,
    /// What the last method left in the `&mut self` that it was called on.
    pub(super) receiver: Option<Value<'a>>,
    /// The type arguments that the method at hand is called with.
    pub(super) turbofish: Vec<GenericArg>,
    pub(super) returned: Vec<(Value<'a>, Condition)>,
    /// Under which condition the statement at hand runs.
    pub(super) condition: Condition,
    /// What stood under the names that each block around the statement at hand has bound anew.
    hidden: Vec<Vec<(Name, Option<Variable<'a>>)>>,
    /// The loops and blocks with labels around the statement at hand.
    pub(super) around: Vec<Around<'a>>,
    /// The path at hand is one of several ways out, chosen at run time.
    pub(super) chosen: bool,
    /// Variables with lists in an order that is not known.
    pub(super) mixed: Vec<Name>,
    /// The variables where branches have left the function.
    pub(super) exits: Vec<(Variables<'a>, Condition)>,
    /// The statement at hand is left.
    pub(super) left: Option<Leave>,
    /// What `break` hands on.
    pub(super) broken: Option<Value<'a>>,
}

/// What a call comes to.
pub(super) struct Outcome<'a> {
    pub(super) value: Value<'a>,
    /// The parameters as the body leaves them.
    pub(super) parameters: Vec<Value<'a>>,
    /// `&mut self` as the body leaves it.
    pub(super) receiver: Option<Value<'a>>,
    pub(super) loose: Vec<Router<'a>>,
}

impl<'a> Outcome<'a> {
    /// Either of two outcomes; both carry their conditions.
    pub(super) fn or(self, other: Self) -> Self {
        let both = |first, second| Value::either((first, &Condition::Always), (second, &Condition::Always));
        let parameters = self.parameters.into_iter().zip(other.parameters).map(|(a, b)| both(a, b)).collect();
        let receiver = match (self.receiver, other.receiver) {
            (Some(first), Some(second)) => Some(both(first, second)),
            (first, second) => first.or(second),
        };
        let loose = self.loose.into_iter().chain(other.loose).collect();
        Self { value: both(self.value, other.value), parameters, receiver, loose }
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(scope: Scope, path: String) -> Self {
        Self {
            scope,
            path,
            item: None,
            variables: BTreeMap::new(),
            uses: BTreeMap::new(),
            globs: Vec::new(),
            macros: BTreeMap::new(),
            loose: Vec::new(),
            receiver: None,
            turbofish: Vec::new(),
            returned: Vec::new(),
            condition: Condition::Always,
            hidden: vec![Vec::new()],
            around: Vec::new(),
            chosen: false,
            mixed: Vec::new(),
            exits: Vec::new(),
            left: None,
            broken: None,
        }
    }

    pub(super) fn set(&mut self, name: Name, value: Value<'a>, used: bool) {
        let old = self.variables.remove(&name);
        let (leads, refers) = old.map_or((None, false), |old| (old.leads, old.refers));
        self.variables.insert(name, Variable { value, used, made: None, leads, refers });
    }

    /// A new variable, which hides others of its name up to the end of the block.
    pub(super) fn declare(&mut self, name: Name, value: Value<'a>, used: bool, leads: Option<Stand>) {
        // A reference to what is hidden now leads nowhere that has a name.
        for variable in self.variables.values_mut() {
            if variable.leads.as_ref().is_some_and(|stand| stand.name == name) {
                variable.leads = None;
            }
        }
        self.mixed.retain(|mixed| *mixed != name);
        let (used, refers) = (used || leads.is_some(), leads.is_some());
        let leads = leads.filter(|stand| stand.name != name);
        let old = self.variables.insert(name.clone(), Variable { value, used, made: None, leads, refers });
        if let Some(hidden) = self.hidden.last_mut() {
            hidden.push((name, old));
        }
    }

    /// A block begins.
    pub(super) fn enter(&mut self) {
        self.hidden.push(Vec::new());
    }

    /// A block ends: names stand for what they stood for before it. Routers in variables that nobody used are loose.
    pub(super) fn leave(&mut self) {
        for (name, old) in self.hidden.pop().unwrap_or_default().into_iter().rev() {
            if let Some(own) = self.variables.remove(&name)
                && !own.used
            {
                self.loose.extend(own.value.routers());
            }
            if let Some(old) = old {
                self.variables.insert(name, old);
            }
        }
    }

    /// A parameter as the body leaves it, also where the body hides its name.
    pub(super) fn parameter(&mut self, name: &Name) -> Value<'a> {
        let own = self.hidden.first_mut().and_then(|hidden| {
            let first = hidden.iter_mut().find(|(hidden, _)| hidden == name)?;
            first.1.take()
        });
        let last = self.variables.remove(name).map_or(Value::Unknown, |variable| variable.value);
        match own {
            Some(own) if !last.holds_router() => own.value,
            _ => last,
        }
    }

    /// A parameter of a closure as its body leaves it.
    pub(super) fn parameter_of_closure(&mut self, name: &Name) -> Value<'a> {
        self.variables.remove(name).map_or(Value::Unknown, |variable| variable.value)
    }

    /// How many blocks stand around the statement at hand.
    pub(super) fn depth(&self) -> usize {
        self.hidden.len()
    }

    /// What the blocks deeper than this have hidden, the last first.
    pub(super) fn hidden_below(&self, depth: usize) -> impl Iterator<Item = (&Name, Option<&Variable<'a>>)> {
        let blocks = self.hidden.iter().skip(depth).rev();
        blocks.flat_map(|block| block.iter().rev()).map(|(name, old)| (name, old.as_ref()))
    }

    /// Everything that a closure sees is handed on.
    pub(super) fn use_all(&mut self) {
        for variable in self.variables.values_mut() {
            variable.used = true;
        }
    }

    /// Binds the names of a pattern; `stand` is where the value stands, when it is a reference.
    pub(super) fn bind(&mut self, pattern: &Pattern, value: Value<'a>, used: bool, stand: Option<Stand>) {
        let value = match value {
            // The way that the pattern takes.
            Value::Choice(ways) if !matches!(pattern, Pattern::Name(_)) => {
                let taken = ways.into_iter().find(|(way, _)| super::branches::fits(pattern, way) != Some(false));
                taken.map(|(way, _)| way).unwrap_or_default()
            }
            value => value,
        };
        let at = |value: &Value<'a>, part: &Name| inside(pattern, value, stand.as_ref(), part);
        match (pattern, value) {
            (Pattern::Name(name), value) => self.declare(name.clone(), value, used, stand),
            // A tuple struct is its fields.
            (Pattern::Inside(_, inner), Value::Struct(ty, mut fields)) if fields.contains_key("0") => {
                let whole = Value::Struct(ty, std::collections::BTreeMap::new());
                let parts = match inner.as_ref() {
                    Pattern::List(parts) => parts.as_slice(),
                    only => std::slice::from_ref(only),
                };
                for (n, part) in parts.iter().enumerate() {
                    let name = Name::from(n.to_string());
                    let value = fields.remove(&name).unwrap_or(Value::Unknown);
                    self.bind(part, value, used, at(&whole, &name));
                }
            }
            (Pattern::Inside(_, inner), value) => self.bind(inner, value, used, stand),
            (Pattern::Fields(_, parts), Value::Struct(ty, mut fields)) => {
                let whole = Value::Struct(ty, std::collections::BTreeMap::new());
                for (name, part) in parts {
                    let stand = at(&whole, name);
                    self.bind(part, fields.remove(name).unwrap_or(Value::Unknown), used, stand);
                }
                for rest in fields.into_values() {
                    self.loose.extend(rest.routers());
                }
            }
            (Pattern::Fields(_, parts), _) => {
                for (_, part) in parts {
                    self.bind(part, Value::Unknown, used, None);
                }
            }
            (Pattern::List(parts), Value::List(values)) => {
                let mut left = (values.len() + 1).saturating_sub(parts.len());
                let mut values = values.into_iter().enumerate();
                for part in parts {
                    if let Pattern::Rest(name) = part {
                        let rest = values.by_ref().take(std::mem::take(&mut left)).map(|(_, value)| value).collect();
                        if let Some(name) = name {
                            self.declare(name.clone(), Value::List(rest), used, None);
                        }
                        continue;
                    }
                    let (n, value) = values.next().unwrap_or((usize::MAX, Value::Unknown));
                    let stand = at(&Value::Unknown, &Name::from(n.to_string()));
                    self.bind(part, value, used, stand);
                }
            }
            (Pattern::List(parts), value) => {
                // What a call hands back beside a router: `let (router, api) = …`.
                let mut value = Some(value).filter(Value::holds_router);
                for part in parts {
                    self.bind(part, value.take().unwrap_or(Value::Unknown), used, None);
                }
            }
            (_, value) => self.loose.extend(value.routers()),
        }
    }

    /// The variables of one branch (`other`) put together with those that stand here.
    pub(super) fn join(&mut self, other: Variables<'a>, on: &Condition, off: &Condition) {
        for (name, first) in other {
            match self.variables.remove(&name) {
                Some(second) => {
                    let used = first.used || second.used;
                    let value = Value::either((first.value, on), (second.value, off));
                    let made = first.made.or(second.made);
                    let (leads, refers) = (second.leads, second.refers || first.refers);
                    self.variables.insert(name, Variable { value, used, made, leads, refers });
                }
                None => {
                    self.variables.insert(name, first);
                }
            }
        }
    }

    /// What a branch that has left has used.
    pub(super) fn used_in(&mut self, other: &Variables<'a>) {
        for (name, variable) in &mut self.variables {
            variable.used |= other.get(name).is_some_and(|other| other.used);
        }
    }

    /// The value of the body: its end and every `return`. Routers in variables that nobody used are loose.
    pub(super) fn outcome(&mut self, value: Value<'a>) -> Value<'a> {
        // The end of a body that is left before is no value; of one that is reached and not known, no other is known.
        let reached = self.left.is_none();
        let mut all = value;
        for (value, condition) in std::mem::take(&mut self.returned) {
            all = match all {
                Value::Unknown if reached && value.is_plain() => value.forgotten(),
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
pub(super) fn is_place(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Path(_) => true,
        ExprKind::Chain(base, links) => variable(base).is_some() && super::calls::changes_in_place(links),
        _ => false,
    }
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
        Value::Choice(ways) => Value::Choice(ways.into_iter().map(|(way, on)| (under(way, condition), on)).collect()),
        value => value,
    }
}
