//! Method calls, by what they are called on: text, lists, types of this side; routers are [`super::builders`]'s.

use super::evaluate::Evaluation;
use super::frame::{Frame, handed_on};
use super::kind::Kind;
use super::value::{Named, Router, Value};
use super::{mounts, words};
use crate::extract::crates::{DefId, Ty};
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::expression::{Expr, ExprKind, Link};
use crate::syntax::facts::{Fields, ItemKind, Name, Pos, Type};

/// Do these methods change what they are called on?
pub(super) fn changes_in_place(links: &[Link]) -> bool {
    let is = |link: &Link, words: &[&str]| match link {
        Link::Method { name, .. } => words.contains(&name.as_str()),
        Link::Field(_) | Link::Index(_) | Link::Call(_) | Link::Try => false,
    };
    let passed_on =
        |link: &Link| matches!(link, Link::Try) || is(link, words::BUILDING) || is(link, &["expect", "unwrap"]);
    links.first().is_some_and(|link| is(link, words::BUILDING)) && links.iter().all(passed_on)
}

impl<'a> Evaluation<'a> {
    /// `base.a(…).b(…)`
    pub(super) fn chain(&mut self, frame: &mut Frame<'a>, base: &Expr, links: &[Link]) -> Value<'a> {
        let stand = self.stand(frame, base);
        let held = stand.as_ref().and_then(|stand| frame.at(stand)).cloned();
        let (mut value, done) = match self.in_place(frame, base, links) {
            Some((value, done)) => (value, done),
            None => (self.expr(frame, base), 0),
        };
        let before = if stand.is_some() { held.unwrap_or_else(|| value.clone()) } else { Value::Unknown };
        let unknown = done == 0 && matches!(value, Value::Unknown);
        // While methods hand `&mut self` back it is the same thing that they change; else something in it.
        let (mut same, mut inside, mut latest) = (stand.is_some(), false, None);
        if let Some(Link::Method { name, .. }) = done.checked_sub(1).and_then(|at| links.get(at)) {
            let owner = if done == 1 { &before } else { &value };
            let back = self.hands_back(owner, name) == Some(true);
            same = back && done == 1 && is_same(&before, &value);
            inside = back && !same && links.len() > done;
        }
        for (at, link) in links.iter().enumerate().skip(done) {
            let back = match link {
                Link::Method { name, .. } => self.hands_back(&value, name),
                Link::Field(_) | Link::Index(_) | Link::Call(_) | Link::Try => None,
            };
            frame.receiver = None;
            value = match link {
                Link::Method { name, args, pos, .. } if unknown && matches!(name.as_str(), "layer" | "service") => {
                    let mut made = self.method(frame, value, name, args, *pos);
                    if let Value::Router(router) = &mut made {
                        // `ServiceBuilder::new().layer(a).service(app)`, `layer.layer(app)`
                        let before = links.get(..at).unwrap_or_default().to_vec();
                        let kind = ExprKind::Chain(Box::new(base.clone()), before);
                        let layers = self.layers(frame, router.kind, &[Expr::new(kind, base.pos)], *pos);
                        router.surround(&layers);
                    }
                    made
                }
                Link::Method { name, types, args, pos } => {
                    frame.turbofish.clone_from(types);
                    let made = self.method(frame, value, name, args, *pos);
                    self.forget_lent(frame, args);
                    made
                }
                Link::Field(name) => self.field(value, name),
                Link::Index(index) => {
                    let index = self.index(frame, &value, index);
                    super::lists::indexed(value, &index)
                }
                Link::Call(args) => self.call_value(frame, &value, args),
                Link::Try => value,
            };
            if same && let Some(left) = frame.receiver.take() {
                latest = Some(left);
            }
            same &= matches!(link, Link::Try) || back == Some(true) && is_same(&before, &value);
            inside |= back == Some(true) && at + 1 < links.len() && !is_same(&before, &value);
            inside |= matches!(link, Link::Method { name, .. } if name == "iter_mut");
        }
        if stand.as_ref().is_some_and(|stand| frame.mixed.contains(&stand.name)) && links.iter().any(picks) {
            return match value {
                Value::Methods(..) | Value::Function(_) | Value::Closure(_) => Value::Unknown,
                value => value.forgotten(),
            };
        }
        if done > 0 && links.iter().skip(done).all(|link| matches!(link, Link::Try)) {
            return value;
        }
        if let Some(stand) = stand.as_ref().filter(|_| inside || latest.is_some()) {
            match latest {
                Some(left) if !inside => frame.put(stand, left),
                _ => frame.forget(stand),
            }
        }
        // A filter stays what it was; a router is moved, or changed where it stands.
        let copied = matches!(links.first(), Some(Link::Method { name, .. }) if name == "clone");
        let Some(stand) = stand.filter(|_| !copied) else { return value };
        let moved = match (&before, &value) {
            (Value::Router(_), Value::Router(router)) => !matches!(router.kind, Kind::Warp | Kind::Rocket),
            (Value::Of(was) | Value::Struct(was, _), Value::Struct(now, _)) => {
                was == now && (value.grew_from(&before) || same && value.differs(&before))
            }
            _ => false,
        };
        if moved {
            if let Some(variable) = frame.variables.get_mut(&stand.name) {
                variable.used = true;
            }
            frame.put(&stand, value.clone());
        }
        value
    }

    /// Does the method of a type of this side hand a `&mut` back?
    fn hands_back(&self, value: &Value<'a>, name: &Name) -> Option<bool> {
        let (Value::Of(ty) | Value::Struct(ty, _)) = value else { return None };
        match &self.own_method(ty, name)?.item.kind {
            ItemKind::Fn(function) => Some(matches!(function.ret, Some(Type::Ref { mutable: true, .. }))),
            _ => None,
        }
    }

    /// `a.b(…)`, `a.b.c(…)`: what the method leaves in the place that it is called on; and how many links that are.
    fn in_place(&mut self, frame: &mut Frame<'a>, base: &Expr, links: &[Link]) -> Option<(Value<'a>, usize)> {
        let at = links.iter().position(|link| !matches!(link, Link::Field(_) | Link::Index(_)))?;
        let Some(Link::Method { name, types, args, pos }) = links.get(at) else { return None };
        let place = match at {
            0 => base.clone(),
            at => Expr::new(ExprKind::Chain(Box::new(base.clone()), links.get(..at)?.to_vec()), base.pos),
        };
        let stand = self.stand(frame, &place)?;
        let whole = links.iter().skip(at + 1).all(|link| matches!(link, Link::Try));
        let (held, pos) = (frame.at(&stand)?.clone(), *pos);
        if let Value::List(items) = &held
            && matches!(name.as_str(), "iter_mut" | "values_mut")
            && let Some(Link::Method { name: each, args, .. }) = links.get(at + 1)
            && let ("for_each", [each]) = (each.as_str(), args.as_slice())
        {
            let each = self.expr(frame, each);
            let changed = items.iter().map(|item| self.changed_by(frame, &each, item, name == "values_mut")).collect();
            frame.put(&stand, Value::List(changed));
            return Some((Value::Unknown, at + 2));
        }
        if let (Value::List(_), "entry", [key]) = (&held, name.as_str(), args.as_slice())
            && let Some(Link::Method { name: enters, args, .. }) = links.get(at + 1)
            && (enters.starts_with("or_insert") || enters == "or_default")
        {
            let value = self.entered(frame, &stand, key, (enters, args.first()))?;
            return Some((value, at + 2));
        }
        let own = match &held {
            Value::Of(ty) | Value::Struct(ty, _) => self.own_method(ty, name).is_some(),
            Value::Variant(def, _) => self.own_method(&Ty::Def(*def, Vec::new()), name).is_some(),
            _ => false,
        };
        let changes = match &held {
            Value::Text(_) | Value::OneOf(_) => {
                words::CHANGING_TEXT.contains(&name.as_str()) || changes_option(name, args)
            }
            Value::List(_) => words::CHANGING_LISTS.contains(&name.as_str()),
            Value::Router(_) if changes_option(name, args) => true,
            Value::Router(router) if router.kind == Kind::Rocket => whole && mounts::changes(name),
            Value::Router(router) => whole && at > 0 && router.kind != Kind::Warp,
            Value::Of(_) | Value::Struct(..) => whole || own,
            Value::Variant(..) => own,
            Value::Word(none) => none == "None" && changes_option(name, args),
            _ => false,
        };
        if !changes {
            return None;
        }
        if let Some(variable) = frame.variables.get_mut(&stand.name) {
            variable.used = true;
        }
        frame.turbofish.clone_from(types);
        let (value, left) = match held {
            held if changes_option(name, args) && !own && !matches!(held, Value::List(_)) => {
                let new = self.args(frame, args).pop();
                match (name.as_str(), new) {
                    ("take", _) => (held, Some(Value::Word(Name::new("None")))),
                    ("get_or_insert" | "get_or_insert_with", _) if !matches!(held, Value::Word(_)) => (held, None),
                    ("get_or_insert_with", Some(Value::Closure(closure))) => {
                        let made = self.apply(frame, &closure, Vec::new()).value;
                        (made.clone(), Some(made))
                    }
                    ("replace", Some(new)) => (held, Some(new)),
                    (_, Some(new)) => (new.clone(), Some(new)),
                    (_, None) => (Value::Unknown, Some(held.forgotten())),
                }
            }
            Value::Text(text) => (Value::Unknown, Some(self.changed_text(frame, &text, name, args))),
            Value::OneOf(_) => {
                self.args(frame, args);
                (Value::Unknown, Some(super::places::unknown_text()))
            }
            Value::List(items) => match self.take_out(frame, &stand, name).filter(|_| args.is_empty()) {
                Some(Some(item)) => (item, None),
                Some(None) => (Value::Word(Name::new("None")), None),
                None => {
                    let (value, left) = self.changed_list(frame, items, name, args);
                    if std::mem::take(&mut self.mixed) {
                        frame.mixed.push(stand.name.clone());
                    }
                    (value, Some(left))
                }
            },
            Value::Router(list) if list.kind == Kind::Rocket => {
                let held = Value::Router(list);
                (Value::Unknown, Some(self.method(frame, held, name, args, pos)))
            }
            held @ Value::Router(_) => {
                let value = self.method(frame, held, name, args, pos);
                (value.clone(), Some(value).filter(|value| matches!(value, Value::Router(_))))
            }
            held => {
                // Only a method of this side leaves something: what calls among the arguments left is theirs.
                let value = self.method(frame, held, name, args, pos);
                (value, frame.receiver.take().filter(|_| own))
            }
        };
        self.forget_lent(frame, args);
        if let Some(left) = left {
            frame.put(&stand, left);
        }
        Some((value, at + 1))
    }

    fn field(&mut self, value: Value<'a>, name: &Name) -> Value<'a> {
        match value {
            Value::List(mut items) => match name.parse::<usize>() {
                Ok(at) if at < items.len() => items.swap_remove(at),
                _ => Value::Unknown,
            },
            Value::Of(ty) => self.field_type(&ty, name).map_or(Value::Unknown, Value::Of),
            Value::Struct(ty, mut fields) => match fields.remove(name) {
                None | Some(Value::Unknown) => self.field_type(&ty, name).map_or(Value::Unknown, Value::Of),
                Some(known) => known,
            },
            Value::Router(router) => Value::Router(router),
            Value::Choice(ways) => {
                let made = ways.into_iter().map(|(way, on)| (self.field(way, name), on));
                chosen(made.collect())
            }
            _ => Value::Unknown,
        }
    }

    /// What each of several ways comes to, under its condition.
    pub(super) fn each_choice(
        &mut self,
        frame: &mut Frame<'a>,
        ways: Vec<(Value<'a>, Condition)>,
        mut make: impl FnMut(&mut Self, &mut Frame<'a>, Value<'a>) -> Value<'a>,
    ) -> Value<'a> {
        let outer = frame.condition.clone();
        let mut made = Vec::with_capacity(ways.len());
        for (way, on) in ways {
            frame.condition = outer.clone().and(on.clone());
            made.push((make(self, frame, way), on));
        }
        frame.condition = outer;
        chosen(made)
    }

    fn field_type(&mut self, ty: &Ty, name: &Name) -> Option<Ty> {
        let Ty::Def(def, args) = pointed(ty) else { return None };
        if !args.is_empty() {
            return self.read_field_type(*def, args, name);
        }
        if let Some(known) = self.field_types.get(def).and_then(|fields| fields.get(name)) {
            return known.clone();
        }
        let read = self.read_field_type(*def, args, name);
        self.field_types.entry(*def).or_default().insert(name.clone(), read.clone());
        read
    }

    fn read_field_type(&self, def: DefId, args: &[Ty], name: &Name) -> Option<Ty> {
        let found = self.crates.def(def)?;
        let ItemKind::Struct { generics, fields } = &found.item.kind else { return None };
        let (Fields::Named(fields) | Fields::Tuple(fields)) = fields else { return None };
        let field = fields.iter().find(|field| field.name == *name)?;
        let scope = self.crates.scope_of(def, generics, args)?;
        Some(self.crates.ty(&scope, &field.ty))
    }

    fn method(&mut self, frame: &mut Frame<'a>, value: Value<'a>, name: &Name, args: &[Expr], pos: Pos) -> Value<'a> {
        match value {
            Value::Router(router) => self.on_router(frame, *router, name, args, pos),
            Value::Methods(kind, entries) => self.on_methods(frame, kind, entries, name, args, pos),
            Value::Verbs(verbs) => self.on_verbs(frame, verbs, name, args),
            Value::Text(text) => self.on_text(frame, &[(text, Condition::Always)], name, args),
            Value::OneOf(texts) => self.on_text(frame, &texts, name, args),
            Value::Number(number) if name == "to_string" => Value::Text(number.to_string()),
            Value::Number(number)
                if matches!(name.as_str(), "clone" | "into" | "copied" | "cloned" | "unwrap" | "expect") =>
            {
                Value::Number(number)
            }
            Value::Number(number) if matches!(name.as_str(), "cmp" | "partial_cmp") => {
                let other = self.args(frame, args).into_iter().next().unwrap_or_default();
                super::orders::order(&Value::Number(number), &other).map_or(Value::Unknown, super::orders::word)
            }
            Value::Word(word) if name == "reverse" && super::orders::said(&Value::Word(word.clone())).is_some() => {
                let order = super::orders::said(&Value::Word(word));
                order.map_or(Value::Unknown, |order| super::orders::word(order.reverse()))
            }
            Value::Word(word) if word == "None" && matches!(name.as_str(), "is_some" | "is_none") => {
                Value::Text((name == "is_none").to_string())
            }
            Value::List(items) if words::builds(name) && items.iter().all(Value::is_router) => {
                match Value::List(items).together() {
                    Value::Router(router) => self.on_router(frame, *router, name, args, pos),
                    _ => self.on_unknown(frame, name, args, pos),
                }
            }
            Value::List(items) => match self.tuple_method(&items, name) {
                Some(named) => self.called(frame, &named, Value::List(items), args),
                None => self.on_list(frame, items, name, args, pos),
            },
            value if name == "to_string" && args.is_empty() && self.displayed(&value).is_some() => {
                self.displayed(&value).unwrap_or_default()
            }
            Value::Choice(ways) => self.each_choice(frame, ways, |this, frame, way| {
                let made = this.method(frame, way, name, args, pos);
                // What it leaves is of no place that is known.
                frame.receiver = None;
                made
            }),
            // What is set on a service of files changes how it answers; a router that it hands the rest to serves too.
            service @ Value::Of(Ty::Foreign(..)) if super::files::of_value(&service).is_some() => {
                let routers = self.args(frame, args).into_iter().flat_map(Value::routers);
                frame.loose.extend(routers.collect::<Vec<_>>());
                service
            }
            Value::Of(ty) => self.on_type(frame, ty.clone(), Value::Of(ty), name, args, pos),
            // Routers side by side: what each method is handed is one more.
            Value::Struct(ty @ Ty::Foreign(..), mut fields) if is_hosts(&ty) => {
                for router in self.args(frame, args).into_iter().flat_map(Value::routers) {
                    fields.insert(Name::from(fields.len().to_string()), Value::router(router));
                }
                Value::Struct(ty, fields)
            }
            Value::Struct(ref ty, _)
                if words::NEUTRAL.contains(&name.as_str()) && self.own_method(ty, name).is_none() =>
            {
                self.args(frame, args);
                value
            }
            Value::Struct(ref ty, _) => self.on_type(frame, ty.clone(), value, name, args, pos),
            Value::Variant(def, variant) => {
                let ty = Ty::Def(def, Vec::new());
                self.on_type(frame, ty, Value::Variant(def, variant), name, args, pos)
            }
            // Files and documents may have handlers beside them: `any_service(files).post(h)`.
            Value::Word(word) if word == words::DOCUMENT => {
                let values = self.args(frame, args);
                let answers = name == "on" || words::verb(name).is_some() && !values.is_empty();
                let beside = if answers { self.verb(frame, Kind::Axum, name, &values, pos) } else { None };
                beside.unwrap_or(Value::Word(word))
            }
            Value::Word(word) if name == "or" || name == "and" => {
                let mut all = vec![Value::Word(word)];
                all.extend(self.args(frame, args));
                Value::List(all)
            }
            value @ (Value::Function(_) | Value::Closure(_)) if words::NEUTRAL.contains(&name.as_str()) => {
                self.args(frame, args);
                if matches!(name.as_str(), "around" | "layer" | "with" | "wrap") {
                    self.layers(frame, Kind::Axum, args, pos);
                }
                value
            }
            // A function under a trait of the project's own: `handler.add_to(router)`.
            Value::Function(_) | Value::Closure(_) => {
                let values = self.args(frame, args);
                if values.iter().any(Value::holds_router) {
                    let detail = format!("what `.{name}(…)` in `{}` adds could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
                }
                self.unknown_call(frame, values)
            }
            _ => self.on_unknown(frame, name, args, pos),
        }
    }

    /// A method of something unknown: what it is handed tells whether it is a router.
    fn on_unknown(&mut self, frame: &mut Frame<'a>, name: &Name, args: &[Expr], pos: Pos) -> Value<'a> {
        if name == "add_service" {
            let detail = format!("the gRPC services that `{}` serves are not read", frame.path);
            self.blind(frame, pos, BlindSpotKind::OtherService, detail);
        }
        let values = self.args(frame, args);
        if name.starts_with("serve_connection") {
            let said = |value: &Value<'a>| matches!(value, Value::Word(word) if word == words::DOCUMENT);
            // What is no type of this side was made of something that is read where it is made.
            let own = |value: &Value<'a>| matches!(value, Value::Of(Ty::Def(..)) | Value::Struct(..));
            if !values.iter().any(|value| value.holds_router() || said(value)) {
                let detail = match values.iter().any(own) {
                    true => Some(format!("what `{}` serves", frame.path)),
                    false => self.answers_by_impl(frame.scope.module).map(|ty| format!("`{ty}`")),
                };
                if let Some(what) = detail {
                    let detail = format!("{what} answers requests by hand: state its routes in marks");
                    self.blind(frame, pos, BlindSpotKind::OtherService, detail);
                }
            }
            frame.loose.extend(values.into_iter().flat_map(Value::served));
            return Value::Unknown;
        }
        if let ("fold" | "try_fold", [start, step]) = (name.as_str(), values.as_slice()) {
            let next = self.step(frame, step, start.clone(), Value::Unknown, pos);
            return if matches!(next, Value::Unknown) { start.clone() } else { next };
        }
        let kind = values.iter().find_map(|value| match value {
            Value::Methods(kind, _) => Some(*kind),
            Value::Router(router) => Some(router.kind),
            _ => None,
        });
        let builds = matches!(name.as_str(), "route" | "api_route" | "api_route_with" | "nest" | "merge" | "at")
            || name.starts_with("nest_");
        match kind {
            Some(kind) if builds => self.after(frame, Router::new(kind).made_in(&frame.path), name, values, pos),
            Some(_) if words::SERVING.contains(&name.as_str()) => {
                frame.loose.extend(values.into_iter().flat_map(Value::served));
                Value::Unknown
            }
            _ => self.unknown_call(frame, values),
        }
    }

    /// A method of a type of this side.
    fn on_type(
        &mut self,
        frame: &mut Frame<'a>,
        ty: Ty,
        receiver: Value<'a>,
        name: &Name,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let types = std::mem::take(&mut frame.turbofish);
        let Some(named) = self.own_method(&ty, name).map(|named| self.given_types(&frame.scope, named, &types)) else {
            if let Some(value) = self.converted(frame, &receiver, name) {
                return value;
            }
            let before = frame.loose.len();
            let made = self.on_unknown(frame, name, args, pos);
            // Nobody knows which type stands for a parameter or behind `dyn`.
            let open = matches!(pointed(&ty), Ty::Param(_) | Ty::Dyn(_) | Ty::Impl(_));
            if open && made.holds_router() && frame.loose.len() == before {
                let detail = format!("what `.{name}(…)` in `{}` adds could not be read", frame.path);
                self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
            }
            return made;
        };
        if makes_handler(&named) {
            return Value::Function(Box::new(named));
        }
        self.called(frame, &named, receiver, args)
    }

    /// A method that was found.
    fn called(&mut self, frame: &mut Frame<'a>, named: &Named<'a>, receiver: Value<'a>, args: &[Expr]) -> Value<'a> {
        let mut values = vec![receiver];
        values.extend(self.args(frame, args));
        self.given.clone_from(&frame.condition);
        match self.call(named, values.clone()) {
            Some(outcome) => {
                frame.loose.extend(outcome.loose);
                frame.receiver = outcome.receiver;
                self.left_in(frame, args, outcome.parameters, Some(named));
                match outcome.value {
                    Value::Unknown => self.returned(named),
                    value => value,
                }
            }
            None => {
                self.unread(frame, named, args);
                let values = left_by(named, values);
                frame.receiver = values.first().cloned().filter(|_| changes_receiver(named));
                match handed_on(values) {
                    Value::Unknown => self.returned(named),
                    value => value,
                }
            }
        }
    }
}

/// What a function whose body was not read leaves of these arguments, the receiver first: of what it may change, less is
/// known.
pub(super) fn left_by<'a>(named: &Named<'a>, values: Vec<Value<'a>>) -> Vec<Value<'a>> {
    let ItemKind::Fn(function) = &named.item.kind else { return values };
    let types = function.receiver.iter().chain(function.params.iter().map(|param| &param.ty));
    let mut kept = types.map(|ty| matches!(ty, Type::Ref { mutable: false, .. }));
    let left = values.into_iter().map(|value| match kept.next() {
        Some(true) => value,
        _ => value.forgotten(),
    });
    left.collect()
}

/// Does what it hands back depend on the order of the list?
fn picks(link: &Link) -> bool {
    const PICKING: &[&str] = &[
        "chunks",
        "enumerate",
        "find",
        "first",
        "get",
        "last",
        "next",
        "next_back",
        "nth",
        "peek",
        "pop",
        "pop_back",
        "pop_front",
        "position",
        "remove",
        "skip",
        "split_at",
        "split_first",
        "split_last",
        "swap_remove",
        "take",
        "zip",
    ];
    match link {
        Link::Index(_) => true,
        Link::Method { name, .. } => PICKING.contains(&name.as_str()),
        Link::Field(_) | Link::Call(_) | Link::Try => false,
    }
}

/// One of several values.
fn chosen(ways: Vec<(Value<'_>, Condition)>) -> Value<'_> {
    let mut ways = ways.into_iter();
    let Some((first, on)) = ways.next() else { return Value::Unknown };
    let all = ways.fold((first, on), |(known, before), (way, on)| {
        (Value::either((known, &before), (way, &on)), Condition::Always)
    });
    all.0
}

/// Are both of one type?
fn is_same(first: &Value<'_>, second: &Value<'_>) -> bool {
    match (first, second) {
        (Value::Of(a) | Value::Struct(a, _), Value::Of(b) | Value::Struct(b, _)) => a == b,
        _ => false,
    }
}

/// Does a method of this name change the option that it is called on?
fn changes_option(name: &str, args: &[Expr]) -> bool {
    matches!((name, args.len()), ("take", 0) | ("replace" | "insert" | "get_or_insert" | "get_or_insert_with", 1))
}

/// Does it take `&mut self`?
fn changes_receiver(named: &Named<'_>) -> bool {
    matches!(&named.item.kind, ItemKind::Fn(fact) if matches!(fact.receiver, Some(Type::Ref { mutable: true, .. })))
}

/// Does a call make a handler of the function: salvo's `#[craft]`?
pub(super) fn makes_handler(named: &Named<'_>) -> bool {
    named.item.attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "craft"))
}

/// poem's routers by domain or scheme.
fn is_hosts(ty: &Ty) -> bool {
    matches!(ty, Ty::Foreign(path, _) if path.as_ref() == "poem::RouteDomain")
}

pub(super) fn pointed(ty: &Ty) -> &Ty {
    let mut ty = ty;
    for _ in 0..4 {
        ty = match ty {
            Ty::Ref(inner) => inner,
            Ty::Foreign(path, args) if words::is_pointer(path) => match args.first() {
                Some(inner) => inner,
                None => return ty,
            },
            _ => return ty,
        };
    }
    ty
}
