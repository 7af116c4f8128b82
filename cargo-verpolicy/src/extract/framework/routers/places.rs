//! What code changes where it stands: variables and their fields, lent with `&mut` or assigned to. What changes nobody
//! knows how is forgotten.

use super::evaluate::Evaluation;
use super::frame::Frame;
use super::kind::HOLE;
use super::value::{Captured, Named, Router, Value};
use crate::syntax::expression::{Expr, ExprKind, Link, Pattern, StatementKind, parse};
use crate::syntax::facts::{ItemKind, Name, Type};
use std::collections::BTreeMap;

/// Methods that only point into what they are called on.
const POINTING: &[&str] = &["as_deref_mut", "as_mut", "as_mut_slice", "borrow_mut", "by_ref", "iter_mut", "lock"];

/// Methods that point to one item of what they are called on.
const PICKING: &[&str] = &["entry", "first_mut", "get_mut", "last_mut"];

/// References to references are followed this far.
const DEPTH: u32 = 8;

/// A variable, or what stands in it: `router`, `self.parts.0`, `table[1]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) name: Name,
    /// Fields, and elements by their number.
    pub(super) fields: Vec<Name>,
}

impl Stand {
    pub(super) fn field(&self, name: &Name) -> Self {
        let fields = self.fields.iter().chain([name]).cloned().collect();
        Self { name: self.name.clone(), fields }
    }
}

impl<'a> Frame<'a> {
    /// What stands there.
    pub(super) fn at(&self, stand: &Stand) -> Option<&Value<'a>> {
        let whole = &self.variables.get(&stand.name)?.value;
        stand.fields.iter().try_fold(whole, |value, field| match value {
            Value::Struct(_, fields) => fields.get(field),
            Value::List(items) => items.get(field.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Puts a value there, and where a reference that stands there leads.
    pub(super) fn put(&mut self, stand: &Stand, value: Value<'a>) {
        self.put_deep(stand, value, 0);
    }

    fn put_deep(&mut self, stand: &Stand, value: Value<'a>, depth: u32) {
        let Some(variable) = self.variables.get_mut(&stand.name) else { return };
        let leads = variable.leads.clone();
        let mut held = &mut variable.value;
        for field in &stand.fields {
            if let Value::Of(ty) = held {
                *held = Value::Struct(ty.clone(), BTreeMap::new());
            }
            held = match held {
                Value::Struct(_, fields) => fields.entry(field.clone()).or_default(),
                Value::List(items) => match field.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                    Some(item) => item,
                    None => return,
                },
                _ => return,
            };
        }
        *held = value.clone();
        if let Some(mut leads) = leads.filter(|_| depth < DEPTH) {
            leads.fields.extend(stand.fields.iter().cloned());
            self.put_deep(&leads, value, depth + 1);
        }
    }

    /// Code that is not read had it to change.
    pub(super) fn forget(&mut self, stand: &Stand) {
        if let Some(value) = self.at(stand).cloned() {
            self.put(stand, value.forgotten());
        }
    }
}

impl<'a> Evaluation<'a> {
    /// The place that an expression is.
    pub(super) fn stand(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> Option<Stand> {
        match &expr.kind {
            ExprKind::Path(path) if !path.global => match path.segments.as_slice() {
                [only] if frame.variables.contains_key(&only.name) => {
                    Some(Stand { name: only.name.clone(), fields: Vec::new() })
                }
                _ => None,
            },
            ExprKind::Chain(base, links) => {
                let mut stand = self.stand(frame, base)?;
                for link in links {
                    match link {
                        Link::Field(name) => stand.fields.push(name.clone()),
                        Link::Index(index) => match self.expr(frame, index) {
                            Value::Number(at) => stand.fields.push(Name::from(at.to_string())),
                            _ => return None,
                        },
                        Link::Method { name, .. } if POINTING.contains(&name.as_str()) => {}
                        Link::Method { name, .. } if matches!(name.as_str(), "unwrap" | "expect") => {}
                        Link::Try => {}
                        Link::Method { name, args, .. } if PICKING.contains(&name.as_str()) => {
                            let key = args.first().map(|key| self.expr(frame, key)).unwrap_or_default();
                            stand.fields.extend(picked(frame.at(&stand)?, name, &key)?);
                        }
                        Link::Method { name, .. } if name.starts_with("or_insert") || name == "or_default" => {}
                        Link::Method { name, args, .. } if args.is_empty() => {
                            stand.fields.extend(self.handed_out(frame, &stand, name)?);
                        }
                        Link::Method { .. } | Link::Call(_) => return None,
                    }
                }
                Some(stand)
            }
            _ => None,
        }
    }

    /// What a closure leaves of an item of a list that it changes; of a map's entry it is handed the value.
    pub(super) fn changed_by(
        &mut self,
        frame: &mut Frame<'a>,
        each: &Value<'a>,
        item: &Value<'a>,
        of_map: bool,
    ) -> Value<'a> {
        let (key, held) = match item {
            Value::List(pair) if of_map && pair.len() == 2 => (pair.first(), pair.last().cloned().unwrap_or_default()),
            item => (None, item.clone()),
        };
        let outcome = match each {
            Value::Closure(closure) => Some(self.apply(frame, closure, vec![held.clone()])),
            Value::Function(named) => self.call(named, vec![held.clone()]),
            _ => None,
        };
        let left = outcome.and_then(|outcome| {
            frame.loose.extend(outcome.loose);
            outcome.parameters.into_iter().next().filter(|left| !matches!(left, Value::Unknown))
        });
        let left = left.unwrap_or_else(|| held.forgotten());
        match key {
            Some(key) => Value::List(vec![key.clone(), left]),
            None => left,
        }
    }

    /// `map.entry(key).or_insert_with(make)`: puts a value there where none is.
    pub(super) fn entered(
        &mut self,
        frame: &mut Frame<'a>,
        stand: &Stand,
        key: &Expr,
        (name, made): (&Name, Option<&Expr>),
    ) -> Option<Value<'a>> {
        let key = self.expr(frame, key);
        let held = frame.at(stand)?;
        if let Some(fields) = picked(held, "entry", &key) {
            let fields = stand.fields.iter().cloned().chain(fields).collect();
            return frame.at(&Stand { name: stand.name.clone(), fields }).cloned();
        }
        let (Value::List(mut items), Value::Text(_)) = (held.clone(), &key) else { return None };
        let first =
            items.first().and_then(|item| if let Value::List(pair) = item { pair.last().cloned() } else { None });
        let made = match (name.as_str(), made.map(|made| self.expr(frame, made))) {
            ("or_insert_with", Some(Value::Closure(closure))) => self.apply(frame, &closure, Vec::new()).value,
            ("or_insert_with", Some(Value::Function(named))) => self.call(&named, Vec::new())?.value,
            ("or_insert_with", _) => match made.map(|made| (&made.kind, made.pos)) {
                Some((ExprKind::Path(path), pos)) => {
                    self.expr(frame, &Expr::new(ExprKind::Call(path.clone(), Vec::new()), pos))
                }
                _ => Value::Unknown,
            },
            ("or_insert", Some(value)) => value,
            // A default, or another crate's function.
            _ => match first {
                Some(Value::Router(router)) => Value::router(Router::new(router.kind)),
                Some(Value::List(_)) => Value::List(Vec::new()),
                Some(Value::Text(_)) => Value::Text(String::new()),
                _ => Value::Unknown,
            },
        };
        items.push(Value::List(vec![key, made.clone()]));
        frame.put(stand, Value::List(items));
        Some(made)
    }

    /// The field that a method of a type of this side hands out: `fn inner(&mut self) -> &mut Inner { &mut self.inner }`.
    fn handed_out(&mut self, frame: &Frame<'a>, stand: &Stand, name: &Name) -> Option<Vec<Name>> {
        let (Value::Of(ty) | Value::Struct(ty, _)) = frame.at(stand)? else { return None };
        let named = self.own_method(ty, name)?;
        let ItemKind::Fn(function) = &named.item.kind else { return None };
        let body = parse::body(function.body.as_ref()?);
        let ([only], Some(Type::Ref { mutable: true, .. })) = (body.statements.as_slice(), &function.ret) else {
            return None;
        };
        let StatementKind::Expr(Expr { kind: ExprKind::Chain(base, links), lent: true, .. }, false) = &only.kind else {
            return None;
        };
        let fields = links.iter().map(|link| match link {
            Link::Field(name) => Some(name.clone()),
            _ => None,
        });
        super::frame::variable(base).filter(|name| *name == "self").and(fields.collect())
    }

    /// The place that an expression lends to who binds it: `&mut a`, `a.as_mut()`, and `self` where it is `&mut self`.
    pub(super) fn lends(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> Option<Stand> {
        let points = |link: &Link| {
            matches!(link, Link::Method { name, .. }
                if POINTING.contains(&name.as_str()) || PICKING.contains(&name.as_str()))
        };
        let points = matches!(&expr.kind, ExprKind::Chain(_, links) if links.iter().any(points));
        let stand = self.stand(frame, expr)?;
        let refers = frame.variables.get(&stand.name).is_some_and(|variable| variable.refers);
        (expr.lent || points || refers).then_some(stand)
    }

    /// `target = value`
    pub(super) fn assign(&mut self, frame: &mut Frame<'a>, target: &Expr, value: Value<'a>) {
        if let ExprKind::List(targets) = &target.kind {
            let values = match value {
                Value::List(values) if values.len() == targets.len() => values,
                other => {
                    frame.loose.extend(other.routers());
                    targets.iter().map(|_| Value::Unknown).collect()
                }
            };
            for (target, value) in targets.iter().zip(values) {
                self.assign(frame, target, value);
            }
            return;
        }
        match self.stand(frame, target) {
            Some(stand) => {
                let held = frame.at(&stand).cloned().unwrap_or_default();
                let value = if matches!(value, Value::Unknown) { held.forgotten() } else { value };
                if stand.fields.is_empty()
                    && let Some(variable) = frame.variables.get_mut(&stand.name)
                {
                    (variable.used, variable.made) = (variable.leads.is_some(), None);
                }
                let reached = frame.at(&stand).is_some()
                    || !stand.fields.is_empty() && frame.at(&Stand { fields: Vec::new(), ..stand.clone() }).is_some();
                let router = value.clone();
                frame.put(&stand, value);
                if reached && frame.at(&stand).is_none() && router.holds_router() {
                    self.went(frame, router);
                }
            }
            None => {
                self.forget_base(frame, target);
                if value.holds_router() {
                    self.went(frame, value);
                }
            }
        }
    }

    fn went(&mut self, frame: &mut Frame<'a>, value: Value<'a>) {
        let condition = frame.condition.clone();
        frame.loose.extend(super::frame::under(value, &condition).routers());
    }

    /// `*a.b_mut() = …`, `a[i] = …`: what stands in the variable below is not known any more.
    fn forget_base(&mut self, frame: &mut Frame<'a>, target: &Expr) {
        let ExprKind::Chain(base, _) = &target.kind else { return };
        if let Some(stand) = self.stand(frame, base) {
            frame.forget(&stand);
        }
    }

    /// What was lent to a call that nobody looked into.
    pub(super) fn forget_lent(&mut self, frame: &mut Frame<'a>, args: &[Expr]) {
        if self.settled == args.as_ptr().addr() {
            return;
        }
        for arg in args {
            if let Some(stand) = self.lends(frame, arg) {
                frame.forget(&stand);
            }
        }
    }

    /// What a call leaves in what it was lent; `named` is the function, where it is one.
    pub(super) fn left_in(
        &mut self,
        frame: &mut Frame<'a>,
        args: &[Expr],
        parameters: Vec<Value<'a>>,
        named: Option<&Named<'a>>,
    ) {
        self.settled = args.as_ptr().addr();
        let mut types = named
            .and_then(|named| match &named.item.kind {
                ItemKind::Fn(function) => Some(function.params.iter().map(|param| &param.ty)),
                _ => None,
            })
            .into_iter()
            .flatten();
        for (arg, value) in args.iter().zip(parameters) {
            let ty = types.next();
            let changes = arg.lent || matches!(ty, Some(Type::Ref { mutable: true, .. }));
            let Some(stand) = self.stand(frame, arg) else { continue };
            match value {
                Value::Unknown if changes => frame.forget(&stand),
                Value::Unknown => {}
                value if changes || value.holds_router() || matches!(value, Value::Struct(..) | Value::List(_)) => {
                    if let Some(variable) = frame.variables.get_mut(&stand.name) {
                        variable.used = true;
                    }
                    frame.put(&stand, value);
                }
                _ => {}
            }
        }
    }

    /// What a function that was not read may have changed in what it was lent is forgotten.
    pub(super) fn unread(&mut self, frame: &mut Frame<'a>, named: &Named<'a>, args: &[Expr]) {
        let ItemKind::Fn(function) = &named.item.kind else { return };
        self.settled = args.as_ptr().addr();
        for (arg, param) in args.iter().zip(&function.params) {
            if (arg.lent || matches!(param.ty, Type::Ref { mutable: true, .. }))
                && let Some(stand) = self.stand(frame, arg)
            {
                frame.forget(&stand);
            }
        }
    }

    /// `mem::swap`, `mem::replace`, `mem::take`.
    pub(super) fn moved_in_memory(&mut self, frame: &mut Frame<'a>, name: &str, args: &[Expr]) -> Option<Value<'a>> {
        let first = self.stand(frame, args.first()?)?;
        let held = frame.at(&first)?.clone();
        let other = match (name, args) {
            ("swap", [_, second]) => {
                let second = self.stand(frame, second)?;
                let other = frame.at(&second)?.clone();
                frame.put(&second, held.clone());
                other
            }
            ("replace", [_, value]) => self.expr(frame, value),
            ("take", [_]) => match &held {
                Value::Text(_) | Value::OneOf(_) => Value::Text(String::new()),
                Value::Number(_) => Value::Number(0),
                Value::List(_) => Value::List(Vec::new()),
                Value::Router(router) => Value::router(Router::new(router.kind)),
                other => other.clone().forgotten(),
            },
            _ => return None,
        };
        frame.put(&first, other);
        self.settled = args.as_ptr().addr();
        Some(if name == "swap" { Value::Unknown } else { held })
    }

    /// What closures left in variables of this body while other code called them.
    pub(super) fn take_left(&mut self, frame: &mut Frame<'a>) {
        if self.left.is_empty() {
            return;
        }
        let (own, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.left).into_iter().partition(|(path, ..)| *path == frame.path);
        self.left = others;
        for (_, name, value) in own {
            frame.put(&Stand { name, fields: Vec::new() }, value);
        }
    }

    /// What a closure does to what it sees of the body around it stays done.
    pub(super) fn left_outside(&mut self, frame: &mut Frame<'a>, closure: &Captured<'a>, inner: &Frame<'a>) {
        for (name, before) in closure.variables.iter().filter(|(name, _)| !closure.binds(name)) {
            let Some(now) = inner.variables.get(name) else { continue };
            if frame.path == closure.path {
                let Some(here) = frame.variables.get(name) else { continue };
                let changed = !closure.closure.moves && now.value.is_plain() && now.value.differs(&before.value);
                if changed || now.value.grew_from(&here.value) {
                    frame.put(&Stand { name: name.clone(), fields: Vec::new() }, now.value.clone());
                }
            } else if !closure.closure.moves && now.value.is_plain() && now.value.differs(&before.value) {
                self.left.retain(|(path, known, _)| *path != closure.path || known != name);
                self.left.push((closure.path.clone(), name.clone(), now.value.clone()));
            }
        }
    }

    /// Changes by closures that may have been called any number of times.
    pub(super) fn maybe_called(&mut self, frame: &mut Frame<'a>, closure: &Captured<'a>) {
        let names = closure.variables.iter().filter(|(name, _)| !closure.binds(name));
        for (name, before) in names {
            let stand = Stand { name: name.clone(), fields: Vec::new() };
            let changed = frame.at(&stand).is_some_and(|now| now.is_plain() && now.differs(&before.value));
            if frame.path == closure.path && changed {
                frame.forget(&stand);
            }
        }
        for (.., value) in self.left.iter_mut().filter(|(path, ..)| *path == closure.path) {
            *value = std::mem::take(value).forgotten();
        }
    }
}

impl Value<'_> {
    /// Does no router stand in it?
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Self::Text(_) | Self::OneOf(_) | Self::Number(_) | Self::Word(_) | Self::Variant(..) | Self::Of(_) => true,
            Self::List(items) => items.iter().all(Self::is_plain),
            Self::Struct(_, fields) => fields.values().all(Self::is_plain),
            _ => false,
        }
    }

    /// Is it known to be something else?
    pub(super) fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a != b,
            (Self::OneOf(a), Self::OneOf(b)) => a != b,
            (Self::Number(a), Self::Number(b)) => a != b,
            (Self::Word(a), Self::Word(b)) => a != b,
            (Self::Variant(of, a), Self::Variant(other, b)) => of != other || a != b,
            (Self::List(a), Self::List(b)) => a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.differs(b)),
            (Self::Struct(_, a), Self::Struct(_, b)) => {
                a.len() != b.len() || a.iter().any(|(name, a)| b.get(name).is_none_or(|b| a.differs(b)))
            }
            (a, b) => std::mem::discriminant(a) != std::mem::discriminant(b),
        }
    }
}

/// The place inside a list or map that a method of [`PICKING`] points to.
fn picked(held: &Value<'_>, name: &str, key: &Value<'_>) -> Option<Vec<Name>> {
    let Value::List(items) = held else { return None };
    let at = |at: usize| Name::from(at.to_string());
    match (name, key) {
        ("first_mut", _) if !items.is_empty() => Some(vec![at(0)]),
        ("last_mut", _) => Some(vec![at(items.len().checked_sub(1)?)]),
        ("get_mut", Value::Number(n)) => usize::try_from(*n).ok().filter(|n| *n < items.len()).map(|n| vec![at(n)]),
        ("get_mut" | "entry", Value::Text(key)) => {
            let same = |item: &Value<'_>| match item {
                Value::List(pair) => matches!(pair.first(), Some(Value::Text(known)) if known == key),
                _ => false,
            };
            items.iter().position(same).map(|n| vec![at(n), at(1)])
        }
        _ => None,
    }
}

/// Text of which nothing is known.
pub(super) fn unknown_text<'a>() -> Value<'a> {
    Value::Text(HOLE.to_string())
}

/// The place that a part of a pattern is bound to.
pub(super) fn inside(pattern: &Pattern, value: &Value<'_>, stand: Option<&Stand>, part: &Name) -> Option<Stand> {
    let stand = stand?;
    match (pattern, value) {
        // `Some(a)`: what may be absent is what it holds.
        (Pattern::Inside(..), Value::Struct(..)) | (Pattern::Fields(..) | Pattern::List(_), _) => {
            Some(stand.field(part))
        }
        _ => Some(stand.clone()),
    }
}
