//! The variables of a body while it is evaluated, and what a call comes to.

use super::value::{Router, Value, Variable, Variables};
use crate::extract::crates::Scope;
use crate::model::Condition;
use crate::syntax::expression::{Expr, ExprKind, Pattern};
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
        }
    }

    pub(super) fn set(&mut self, name: Name, value: Value<'a>, used: bool) {
        self.variables.insert(name, Variable { value, used, made: None });
    }

    /// Everything that a closure sees is handed on.
    pub(super) fn use_all(&mut self) {
        for variable in self.variables.values_mut() {
            variable.used = true;
        }
    }

    pub(super) fn bind(&mut self, pattern: &Pattern, value: Value<'a>, used: bool) {
        match (pattern, value) {
            (Pattern::Name(name), value) => self.set(name.clone(), value, used),
            // A tuple struct is its fields.
            (Pattern::Inside(_, inner), Value::Struct(_, mut fields)) if fields.contains_key("0") => {
                let mut field = |n: usize| fields.remove(n.to_string().as_str()).unwrap_or(Value::Unknown);
                match inner.as_ref() {
                    Pattern::List(parts) => {
                        for (n, part) in parts.iter().enumerate() {
                            let value = field(n);
                            self.bind(part, value, used);
                        }
                    }
                    only => {
                        let value = field(0);
                        self.bind(only, value, used);
                    }
                }
            }
            (Pattern::Inside(_, inner), value) => self.bind(inner, value, used),
            (Pattern::Fields(_, parts), Value::Struct(_, mut fields)) => {
                for (name, part) in parts {
                    self.bind(part, fields.remove(name).unwrap_or(Value::Unknown), used);
                }
                for rest in fields.into_values() {
                    self.loose.extend(rest.routers());
                }
            }
            (Pattern::Fields(_, parts), _) => {
                for (_, part) in parts {
                    self.bind(part, Value::Unknown, used);
                }
            }
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
    pub(super) fn join(&mut self, other: Variables<'a>, on: &Condition, off: &Condition) {
        for (name, first) in other {
            match self.variables.remove(&name) {
                Some(second) => {
                    let used = first.used || second.used;
                    let value = Value::either((first.value, on), (second.value, off));
                    let made = first.made.or(second.made);
                    self.variables.insert(name, Variable { value, used, made });
                }
                None => {
                    self.variables.insert(name, first);
                }
            }
        }
    }

    /// The value of the body: its end and every `return`. Routers in variables that nobody used are loose.
    pub(super) fn outcome(&mut self, value: Value<'a>) -> Value<'a> {
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
        value => value,
    }
}
