//! Method calls, by what they are called on: text, lists, types of this side; routers are [`super::builders`]'s.

use super::evaluate::Evaluation;
use super::frame::{Frame, handed_on, variable};
use super::kind::{HOLE, Kind};
use super::value::{Named, Router, Value};
use super::{mounts, words};
use crate::extract::crates::{DefId, Scope, Ty};
use crate::model::BlindSpotKind;
use crate::syntax::expression::{Expr, ExprKind, Link};
use crate::syntax::facts::{Fields, ItemKind, Name, Pos, Type};
use std::collections::BTreeMap;

/// Do these methods change what they are called on?
pub(super) fn changes_in_place(links: &[Link]) -> bool {
    let is = |link: &Link, words: &[&str]| match link {
        Link::Method { name, .. } => words.contains(&name.as_str()),
        Link::Field(_) | Link::Call(_) | Link::Try => false,
    };
    let passed_on =
        |link: &Link| matches!(link, Link::Try) || is(link, words::BUILDING) || is(link, &["expect", "unwrap"]);
    links.first().is_some_and(|link| is(link, words::BUILDING)) && links.iter().all(passed_on)
}

impl<'a> Evaluation<'a> {
    /// `base.a(…).b(…)`
    pub(super) fn chain(&mut self, frame: &mut Frame<'a>, base: &Expr, links: &[Link]) -> Value<'a> {
        if let Some(value) = self.in_place(frame, base, links) {
            return value;
        }
        let mut value = self.expr(frame, base);
        let before = if variable(base).is_some() { value.clone() } else { Value::Unknown };
        let unknown = matches!(value, Value::Unknown);
        for (at, link) in links.iter().enumerate() {
            value = match link {
                Link::Method { name, args, pos, .. } if unknown && matches!(name.as_str(), "layer" | "service") => {
                    let mut made = self.method(frame, value, name, args, *pos);
                    if let Value::Router(router) = &mut made {
                        // `ServiceBuilder::new().layer(a).service(app)`, `layer.layer(app)`
                        let before = links.get(..at).unwrap_or_default().to_vec();
                        let kind = ExprKind::Chain(Box::new(base.clone()), before);
                        let layers = self.layers(frame, router.kind, &[Expr { kind, pos: base.pos }], *pos);
                        router.surround(&layers);
                    }
                    made
                }
                Link::Method { name, types, args, pos } => {
                    frame.turbofish.clone_from(types);
                    self.method(frame, value, name, args, *pos)
                }
                Link::Field(name) => self.field(value, name),
                Link::Call(args) => self.call_value(frame, &value, args),
                Link::Try => value,
            };
        }
        // A filter stays what it was; a router is moved, or changed where it stands.
        let copied = matches!(links.first(), Some(Link::Method { name, .. }) if name == "clone");
        let Some(name) = variable(base).filter(|_| !copied) else { return value };
        let moved = match (&before, &value) {
            (Value::Router(_), Value::Router(router)) => !matches!(router.kind, Kind::Warp | Kind::Rocket),
            (Value::Of(was) | Value::Struct(was, _), Value::Struct(now, _)) => was == now && value.grew_from(&before),
            _ => false,
        };
        if moved {
            frame.set(name.clone(), value.clone(), true);
        }
        value
    }

    /// `a.b(…)`, `a.b.c(…)`: what the method leaves in the variable that it is called on.
    fn in_place(&mut self, frame: &mut Frame<'a>, base: &Expr, links: &[Link]) -> Option<Value<'a>> {
        let owner = variable(base)?;
        let (field, name, types, args, pos) = match links {
            [Link::Method { name, types, args, pos }] | [Link::Method { name, types, args, pos }, Link::Try] => {
                (None, name, types, args, *pos)
            }
            [Link::Field(field), Link::Method { name, types, args, pos }]
            | [Link::Field(field), Link::Method { name, types, args, pos }, Link::Try] => {
                (Some(field), name, types, args, *pos)
            }
            _ => return None,
        };
        let held = frame.variables.get(owner).map(|variable| &variable.value)?;
        let held = match (field, held) {
            (None, held) => held,
            (Some(field), Value::Struct(_, fields)) => fields.get(field)?,
            (Some(_), _) => return None,
        };
        let changes = match held {
            Value::Text(_) => words::CHANGING_TEXT.contains(&name.as_str()),
            Value::List(_) => words::CHANGING_LISTS.contains(&name.as_str()),
            Value::Router(router) if router.kind == Kind::Rocket => mounts::changes(name),
            Value::Router(router) => field.is_some() && router.kind != Kind::Warp,
            Value::Of(_) | Value::Struct(..) => true,
            _ => false,
        };
        if !changes {
            return None;
        }
        let held = held.clone();
        // Only a method of this side leaves something: what calls among the arguments left is theirs.
        let own = match &held {
            Value::Of(ty) | Value::Struct(ty, _) => self.own_method(ty, name).is_some(),
            _ => false,
        };
        if let Some(variable) = frame.variables.get_mut(owner) {
            variable.used = true;
        }
        frame.turbofish.clone_from(types);
        let (value, left) = match held {
            Value::Text(text) => (Value::Unknown, Some(self.changed_text(frame, &text, name, args))),
            Value::List(items) => (Value::Unknown, Some(self.changed_list(frame, items, name, args))),
            Value::Router(list) if list.kind == Kind::Rocket => {
                let held = Value::Router(list);
                (Value::Unknown, Some(self.method(frame, held, name, args, pos)))
            }
            held @ Value::Router(_) => {
                let value = self.method(frame, held, name, args, pos);
                (value.clone(), Some(value).filter(|value| matches!(value, Value::Router(_))))
            }
            held => {
                let value = self.method(frame, held, name, args, pos);
                (value, frame.receiver.take().filter(|_| own))
            }
        };
        if let (Some(left), Some(variable)) = (left, frame.variables.get_mut(owner)) {
            match (field, &mut variable.value) {
                (Some(field), Value::Struct(_, fields)) => {
                    fields.insert(field.clone(), left);
                }
                (_, held) => *held = left,
            }
        }
        Some(value)
    }

    fn changed_text(&mut self, frame: &mut Frame<'a>, text: &str, name: &str, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        match (name, values.first()) {
            ("push_str" | "push", Some(Value::Text(more))) => Value::Text(format!("{text}{more}")),
            ("push_str" | "push", _) => Value::Text(format!("{text}{HOLE}")),
            _ => Value::Text(HOLE.to_string()),
        }
    }

    fn changed_list(
        &mut self,
        frame: &mut Frame<'a>,
        mut items: Vec<Value<'a>>,
        name: &str,
        args: &[Expr],
    ) -> Value<'a> {
        let values = self.args(frame, args);
        if let ("insert", [key, value]) = (name, values.as_slice()) {
            // A `Vec` is told where, a map by which key.
            let at = matches!(key, Value::Text(text) if text.parse::<usize>().is_ok());
            items.push(if at { value.clone() } else { Value::List(values) });
            return Value::List(items);
        }
        for value in values {
            match (name, value) {
                ("extend" | "append", Value::List(more)) => items.extend(more),
                (_, value) => items.push(value),
            }
        }
        Value::List(items)
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
            _ => Value::Unknown,
        }
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
            Value::Text(text) => self.on_text(frame, text, name, args),
            Value::List(items) if words::builds(name) && items.iter().all(Value::is_router) => {
                match Value::List(items).together() {
                    Value::Router(router) => self.on_router(frame, *router, name, args, pos),
                    _ => self.on_unknown(frame, name, args, pos),
                }
            }
            Value::List(items) => self.on_list(frame, items, name, args, pos),
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
            Value::Word(word) if word == words::DOCUMENT => {
                self.args(frame, args);
                Value::Word(word)
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
            if !values.iter().any(|value| value.holds_router() || said(value)) && values.iter().any(own) {
                let detail =
                    format!("what `{}` serves answers requests by hand: state its routes in marks", frame.path);
                self.blind(frame, pos, BlindSpotKind::OtherService, detail);
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
            Some(kind) if builds => self.built(frame, Router::new(kind).made_in(&frame.path), name, values, pos),
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
        let mut values = vec![receiver];
        values.extend(self.args(frame, args));
        self.given.clone_from(&frame.condition);
        match self.call(&named, values.clone()) {
            Some(outcome) => {
                frame.loose.extend(outcome.loose);
                frame.receiver = outcome.receiver;
                Self::left_in(frame, args, outcome.parameters);
                match outcome.value {
                    Value::Unknown => self.returned(&named),
                    value => value,
                }
            }
            None => {
                Self::unread(frame, &named, args);
                let values = left_by(&named, values);
                frame.receiver = values.first().cloned().filter(|_| changes_receiver(&named));
                match handed_on(values) {
                    Value::Unknown => self.returned(&named),
                    value => value,
                }
            }
        }
    }

    /// The method of this name that a type of this side has: its own, or the one that its trait gives it.
    pub(super) fn own_method(&self, ty: &Ty, name: &str) -> Option<Named<'a>> {
        let Ty::Def(def, args) = pointed(ty) else { return None };
        let impls = self.crates.impls_for(*def);
        let own = impls.iter().find_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let method = fact.items.iter().find(|item| item.name == name)?;
            let scope = self.crates.impl_scope_of(item, *module, *def, args)?;
            Some(self.member(*def, method, scope))
        });
        own.or_else(|| {
            let segment =
                |name: &str| crate::syntax::facts::Segment { name: Name::new(name), args: Vec::new(), call: None };
            let path = crate::syntax::facts::Path { global: false, segments: vec![segment("Self"), segment(name)] };
            let module = self.crates.def(*def)?.module;
            let scope = Scope { module, params: BTreeMap::new(), self_ty: Some(Ty::Def(*def, args.clone())) };
            let (item, scope) = self.crates.value_item(&scope, &path)?;
            matches!(item.kind, ItemKind::Fn(_)).then(|| self.member(*def, item, scope))
        })
    }

    fn on_text(&mut self, frame: &mut Frame<'a>, text: String, name: &Name, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        if matches!(name.as_str(), "then" | "then_some") {
            return self.unknown_call(frame, values);
        }
        match (name.as_str(), values.first()) {
            // salvo's filters.
            ("and" | "or", Some(Value::Verbs(_) | Value::List(_) | Value::Text(_))) => {
                let more = values.into_iter().flat_map(Value::items);
                Value::List(std::iter::once(Value::Text(text)).chain(more).collect())
            }
            ("unwrap", None) | ("expect", Some(_)) => Value::Text(text),
            ("to_string" | "to_owned" | "into" | "as_str" | "as_ref" | "clone" | "borrow" | "to_lowercase", None) => {
                Value::Text(text)
            }
            ("trim_end_matches", Some(Value::Text(end))) if !end.is_empty() && !text.contains(HOLE) => {
                Value::Text(text.trim_end_matches(end.as_str()).to_owned())
            }
            ("trim_start_matches", Some(Value::Text(start))) if !start.is_empty() && !text.contains(HOLE) => {
                Value::Text(text.trim_start_matches(start.as_str()).to_owned())
            }
            _ => Value::Text(HOLE.to_string()),
        }
    }

    /// One step of a fold: `|sum, item| …`, a function, or `Router::merge`.
    fn step(
        &mut self,
        frame: &mut Frame<'a>,
        step: &Value<'a>,
        sum: Value<'a>,
        item: Value<'a>,
        pos: Pos,
    ) -> Value<'a> {
        let outcome = match (step, sum) {
            (Value::Closure(closure), sum) => Some(self.apply(frame, closure, vec![sum, item])),
            (Value::Function(named), sum) => self.call(named, vec![sum, item]),
            (Value::Word(name), Value::Router(router)) => return self.built(frame, *router, name, vec![item], pos),
            (_, sum) => return handed_on(vec![sum, item]),
        };
        let Some(outcome) = outcome else { return Value::Unknown };
        frame.loose.extend(outcome.loose);
        outcome.value
    }

    fn on_list(
        &mut self,
        frame: &mut Frame<'a>,
        items: Vec<Value<'a>>,
        name: &Name,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let values = self.args(frame, args);
        match (name.as_str(), values.as_slice()) {
            ("concat", []) if items.iter().any(Value::holds_router) => Value::List(items),
            ("concat", []) => super::text::concat(&items).map_or(Value::Unknown, Value::Text),
            ("join", [Value::Text(between)]) => {
                let texts = items.into_iter().map(|item| if let Value::Text(text) = item { text } else { HOLE.into() });
                Value::Text(texts.collect::<Vec<String>>().join(between))
            }
            ("values" | "into_values" | "values_mut", []) => {
                Value::List(items.into_iter().map(|item| item.items().pop().unwrap_or(Value::Unknown)).collect())
            }
            ("keys" | "into_keys", []) => {
                let first = |item: Value<'a>| item.items().into_iter().next().unwrap_or(Value::Unknown);
                Value::List(items.into_iter().map(first).collect())
            }
            ("reduce", [step]) => {
                let mut items = items.into_iter();
                let Some(first) = items.next() else { return Value::Unknown };
                items.fold(first, |sum, item| self.step(frame, step, sum, item, pos))
            }
            ("or" | "and" | "chain", _) => {
                Value::List(items.into_iter().chain(values.into_iter().flat_map(Value::items)).collect())
            }
            ("map" | "for_each" | "flat_map" | "filter_map", [Value::Closure(_) | Value::Function(_)]) => {
                let mut out = Vec::new();
                for item in items {
                    let outcome = match values.first() {
                        Some(Value::Closure(closure)) => Some(self.apply(frame, closure, vec![item])),
                        Some(Value::Function(named)) => self.call(named, vec![item]),
                        _ => None,
                    };
                    let Some(outcome) = outcome else { continue };
                    frame.loose.extend(outcome.loose);
                    match outcome.value {
                        Value::List(more) if name == "flat_map" => out.extend(more),
                        value => out.push(value),
                    }
                }
                Value::List(out)
            }
            ("fold" | "try_fold", [start, step]) => {
                items.into_iter().fold(start.clone(), |sum, item| self.step(frame, step, sum, item, pos))
            }
            ("zip", [Value::List(others)]) => {
                let pairs = items.into_iter().zip(others.iter().cloned());
                Value::List(pairs.map(|(first, second)| Value::List(vec![first, second])).collect())
            }
            ("enumerate", []) => {
                let pairs = (0_usize..).zip(items);
                Value::List(pairs.map(|(n, item)| Value::List(vec![Value::Text(n.to_string()), item])).collect())
            }
            _ => Value::List(items),
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
