//! Method calls, by what they are called on: text, lists, types of this side; routers are [`super::builders`]'s.

use super::evaluate::Evaluation;
use super::expression::{Expr, Link};
use super::frame::{Frame, handed_on, variable};
use super::value::{HOLE, Named, Router, Value};
use super::words;
use crate::extract::crates::Ty;
use crate::model::BlindSpotKind;
use crate::syntax::facts::{Fields, ItemKind, Name, Pos};

/// Do these methods change what they are called on?
pub(super) fn changes_in_place(links: &[Link]) -> bool {
    links.iter().all(|link| match link {
        Link::Method { name, .. } => words::BUILDING.contains(&name.as_str()),
        Link::Field(_) | Link::Call(_) => false,
    })
}

impl<'a> Evaluation<'a> {
    /// `base.a(…).b(…)`
    pub(super) fn chain(&mut self, frame: &mut Frame<'a>, base: &Expr, links: &[Link]) -> Value<'a> {
        let mut value = self.expr(frame, base);
        let was_router = matches!(value, Value::Router(_));
        for link in links {
            value = match link {
                Link::Method { name, args, pos } => self.method(frame, value, name, args, *pos),
                Link::Field(name) => self.field(value, name),
                Link::Call(args) => self.call_value(frame, &value, args),
            };
        }
        if was_router && let (Some(name), Value::Router(_)) = (variable(base), &value) {
            frame.set(name.clone(), value.clone(), true);
        }
        value
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

    fn field_type(&self, ty: &Ty, name: &Name) -> Option<Ty> {
        let Ty::Def(def, args) = pointed(ty) else { return None };
        let found = self.crates.def(*def)?;
        let ItemKind::Struct { generics, fields } = &found.item.kind else { return None };
        let (Fields::Named(fields) | Fields::Tuple(fields)) = fields else { return None };
        let field = fields.iter().find(|field| field.name == *name)?;
        let scope = self.crates.scope_of(*def, generics, args)?;
        Some(self.crates.ty(&scope, &field.ty))
    }

    fn method(&mut self, frame: &mut Frame<'a>, value: Value<'a>, name: &Name, args: &[Expr], pos: Pos) -> Value<'a> {
        match value {
            Value::Router(router) => self.on_router(frame, *router, name, args, pos),
            Value::Methods(kind, entries) => self.on_methods(frame, kind, entries, name, args, pos),
            Value::Verbs(verbs) => self.on_verbs(frame, verbs, name, args),
            Value::Text(text) => self.on_text(frame, text, name, args),
            Value::List(items) => self.on_list(frame, items, name, args),
            Value::Of(ty) => self.on_type(frame, ty.clone(), Value::Of(ty), name, args, pos),
            Value::Struct(..) if words::NEUTRAL.contains(&name.as_str()) => value,
            Value::Struct(ref ty, _) => self.on_type(frame, ty.clone(), value, name, args, pos),
            Value::Variant(def, variant) => {
                let ty = Ty::Def(def, Vec::new());
                self.on_type(frame, ty, Value::Variant(def, variant), name, args, pos)
            }
            Value::Word(word) if word == words::DOCUMENT => {
                self.args(frame, args);
                Value::Word(word)
            }
            Value::Word(word) if name == "or" => {
                let mut all = vec![Value::Word(word)];
                all.extend(self.args(frame, args));
                Value::List(all)
            }
            value @ (Value::Function(_) | Value::Closure(_)) if words::NEUTRAL.contains(&name.as_str()) => {
                self.args(frame, args);
                value
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
        let kind = values.iter().find_map(|value| match value {
            Value::Methods(kind, _) => Some(*kind),
            Value::Router(router) => Some(router.kind),
            _ => None,
        });
        let builds = matches!(name.as_str(), "route" | "api_route" | "api_route_with" | "nest" | "merge" | "at")
            || name.starts_with("nest_");
        match kind {
            Some(kind) if builds => self.built(frame, Router::new(kind), name, values, pos),
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
        let Ty::Def(def, _) = pointed(&ty) else { return self.on_unknown(frame, name, args, pos) };
        let found = self.crates.impls_for(*def).into_iter().find_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let method = fact.items.iter().find(|item| item.name == *name)?;
            Some((method, self.crates.impl_scope(module, fact)))
        });
        let Some((item, scope)) = found else { return self.on_unknown(frame, name, args, pos) };
        let named: Named<'a> = self.member(*def, item, scope);
        let mut values = vec![receiver];
        values.extend(self.args(frame, args));
        match self.call(&named, values.clone()) {
            Some(outcome) => {
                frame.loose.extend(outcome.loose);
                match outcome.value {
                    Value::Unknown => self.returned(&named),
                    value => value,
                }
            }
            None => match handed_on(values) {
                Value::Unknown => self.returned(&named),
                value => value,
            },
        }
    }

    fn on_text(&mut self, frame: &mut Frame<'a>, text: String, name: &Name, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        match (name.as_str(), values.first()) {
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

    fn on_list(&mut self, frame: &mut Frame<'a>, items: Vec<Value<'a>>, name: &Name, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        match (name.as_str(), values.as_slice()) {
            ("concat", []) => super::text::concat(&items).map_or(Value::Unknown, Value::Text),
            ("join", [Value::Text(between)]) => {
                let texts = items.into_iter().map(|item| if let Value::Text(text) = item { text } else { HOLE.into() });
                Value::Text(texts.collect::<Vec<String>>().join(between))
            }
            ("or", _) => Value::List(items.into_iter().chain(values).collect()),
            ("map" | "for_each" | "flat_map" | "filter_map", [Value::Closure(closure)]) => {
                let mut out = Vec::new();
                for item in items {
                    let outcome = self.apply(frame, closure, vec![item]);
                    frame.loose.extend(outcome.loose);
                    out.push(outcome.value);
                }
                Value::List(out)
            }
            ("fold", [start, Value::Closure(closure)]) => {
                let mut sum = start.clone();
                for item in items {
                    let outcome = self.apply(frame, closure, vec![sum, item]);
                    frame.loose.extend(outcome.loose);
                    sum = outcome.value;
                }
                sum
            }
            _ => Value::List(items),
        }
    }
}

fn pointed(ty: &Ty) -> &Ty {
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
