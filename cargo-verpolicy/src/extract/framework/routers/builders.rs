//! What the methods of routers build: on routers, method routers, actix-web's verbs.

use super::blind::Unread;
use super::contents::{extended, resource_id};
use super::evaluate::Evaluation;
use super::frame::Frame;
use super::handlers::entry;
use super::kind::{Kind, root};
use super::layers::surround;
use super::names::paths;
use super::value::{Entry, Router, Value};
use super::{files, words};
use crate::extract::crates::Ty;
use crate::model::{BlindSpotKind, Condition, MethodSet, PathTemplate};
use crate::syntax::expression::Expr;
use crate::syntax::facts::{Name, Pos};

impl<'a> Evaluation<'a> {
    pub(super) fn on_verbs(
        &mut self,
        frame: &mut Frame<'a>,
        mut verbs: Vec<MethodSet>,
        name: &Name,
        args: &[Expr],
    ) -> Value<'a> {
        let mut values = self.args(frame, args);
        match name.as_str() {
            "and" | "or" => {
                let more = values.into_iter().flat_map(Value::items);
                Value::List(std::iter::once(Value::Verbs(verbs)).chain(more).collect())
            }
            "to" | "service" => {
                self.unwrap_handlers(frame, "to", args, &mut values);
                if verbs.is_empty() {
                    verbs.push(MethodSet::Any);
                }
                let target = self.target(frame, values.first().unwrap_or(&Value::Unknown));
                Value::Methods(Kind::Actix, self.entries(&verbs, target))
            }
            "guard" | "method" => {
                let more = words::methods(values.first());
                if !more.contains(&MethodSet::Any) {
                    verbs.extend(more);
                }
                Value::Verbs(verbs)
            }
            _ => Value::Verbs(verbs),
        }
    }

    pub(super) fn on_methods(
        &mut self,
        frame: &mut Frame<'a>,
        kind: Kind,
        mut entries: Vec<Entry<'a>>,
        name: &Name,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let mut values = self.args(frame, args);
        if words::layers(kind, name) {
            let layers = self.layers(frame, kind, args, pos);
            entries.iter_mut().for_each(|entry| surround(&mut entry.layers, &layers));
            return Value::Methods(kind, entries);
        }
        self.unwrap_handlers(frame, name, args, &mut values);
        if name == "merge" {
            for value in values {
                if let Value::Methods(_, more) = value {
                    entries.extend(more);
                }
            }
        } else if kind == Kind::Actix && name == "guard" {
            let verbs = words::methods(values.first());
            for entry in entries.iter_mut().filter(|_| !verbs.contains(&MethodSet::Any)) {
                entry.methods.clone_from(&verbs);
            }
        } else if let Some(Value::Methods(_, more)) = self.verb(frame, kind, name, &values, pos) {
            entries.extend(more);
        }
        Value::Methods(kind, entries)
    }

    pub(super) fn on_router(
        &mut self,
        frame: &mut Frame<'a>,
        mut router: Router<'a>,
        name: &Name,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let types = std::mem::take(&mut frame.turbofish);
        let mut values = self.args(frame, args);
        let guards =
            router.kind == Kind::Actix && name == "guard" && words::methods(values.first()) == [MethodSet::Any];
        if guards || words::layers(router.kind, name) {
            let layers = self.layers(frame, router.kind, args, pos);
            router.surround(&layers);
        }
        frame.turbofish = types;
        self.unwrap_handlers(frame, name, args, &mut values);
        self.after(frame, router, name, values, pos)
    }

    /// A router of any kind after one of its methods.
    pub(super) fn after(
        &mut self,
        frame: &mut Frame<'a>,
        router: Router<'a>,
        name: &Name,
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let mut values = values;
        if let Some(first) = values.first_mut()
            && words::takes_path(name)
            && let Some(text) = self.as_text(first)
        {
            *first = text;
        }
        let several = |value: &Value<'a>| if let Value::OneOf(ways) = value { Some(ways.clone()) } else { None };
        let ways = values.iter().enumerate().find_map(|(at, value)| Some((at, several(value)?)));
        if let Some((at, ways)) = ways.filter(|_| router.kind != Kind::Salvo || name != "path" && name != "filter") {
            return self.each_way(frame, router, name, &values, (at, ways), pos);
        }
        match router.kind {
            Kind::Warp => self.on_filter(frame, router, name, values, pos),
            Kind::Rocket => self.on_rocket(frame, router, name, values, pos),
            Kind::Axum | Kind::Actix | Kind::Salvo | Kind::Poem | Kind::Dropshot => {
                self.built(frame, router, name, values, pos)
            }
        }
    }

    /// A router after one of its methods.
    pub(super) fn built(
        &mut self,
        frame: &mut Frame<'a>,
        mut router: Router<'a>,
        name: &Name,
        mut values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let kind = router.kind;
        let inherent = words::inherent(name) || kind != Kind::Axum && words::verb(name).is_some();
        if !inherent && let Some(value) = self.extended(frame, &router, name, &values, pos) {
            return value;
        }
        match name.as_str() {
            "add" | "route" | "api_route" | "api_route_with" | "at" | "route_with_tsr" if values.len() > 1 => {
                let path = self.path_of(frame, kind, values.first(), pos);
                let answers = values.swap_remove(1);
                self.route(frame, &mut router, &path, answers, pos);
            }
            "route" if kind == Kind::Actix && values.len() == 1 => {
                let answers = values.swap_remove(0);
                self.route(frame, &mut router, &root(), answers, pos);
            }
            "route_service" => {
                let path = self.path_of(frame, kind, values.first(), pos);
                match values.get(1) {
                    Some(service) if files::of_value(service).is_some() => {
                        let service = service.clone();
                        self.serves_files(frame, &mut router, &path, &service, pos);
                    }
                    Some(known @ (Value::Methods(..) | Value::Word(_))) => {
                        self.route(frame, &mut router, &path, known.clone(), pos);
                    }
                    _ => {
                        let target = self.target(frame, &Value::Unknown);
                        self.push(frame, &mut router, &path, &entry(vec![MethodSet::Any], target), pos);
                    }
                }
            }
            "nest_no_strip" if values.len() > 1 => {
                let inner = values.swap_remove(1);
                self.mount(frame, &mut router, &root(), inner, pos);
            }
            name if words::NESTING.contains(&name) && values.len() > 1 => {
                let path = self.path_of(frame, kind, values.first(), pos);
                let inner = values.swap_remove(1);
                // What answers by method answers whatever is below the path.
                let path = match &inner {
                    Value::Methods(..) => kind.under(&path, &Kind::Axum.path("/{*rest}")),
                    _ => path,
                };
                self.mount(frame, &mut router, &path, inner, pos);
            }
            name if kind == Kind::Axum && words::of_resource(name).is_some() => {
                let (methods, below) = words::of_resource(name).unwrap_or_default();
                let methods: Vec<MethodSet> = methods.iter().map(|one| MethodSet::One((*one).to_owned())).collect();
                let id = router.bases.first().map_or_else(String::new, |(base, _)| resource_id(base));
                let path = kind.path(&below.replace("{id}", &id));
                let target = self.target(frame, values.first().unwrap_or(&Value::Unknown));
                for entry in self.entries(&methods, target) {
                    self.push(frame, &mut router, &path, &entry, pos);
                }
            }
            // loco's.
            "prefix" if kind == Kind::Axum => {
                let path = self.path_of(frame, kind, values.first(), pos);
                router.bases = extended(&router, vec![(path, Condition::Always)]);
            }
            "add_route" | "add_routes" => {
                for value in values {
                    self.mount(frame, &mut router, &root(), value, pos);
                }
            }
            "merge" | "push" | "append" | "service" | "extend" | "unshift" | "routes" | "fallback_service" => {
                let quiet = name == "fallback_service";
                for value in values {
                    match &value {
                        Value::Of(ty @ Ty::Def(..)) | Value::Struct(ty @ Ty::Def(..), _) if quiet => {
                            let service = self.own_method(ty, &Name::new("call")).map(|named| named.path);
                            let service = service.unwrap_or_else(|| "a service".to_owned());
                            self.answers_the_rest(frame, &service, pos);
                        }
                        service if quiet && files::of_value(service).is_some() => {
                            let below = kind.path("/{*rest}");
                            self.serves_files(frame, &mut router, &below, service, pos);
                        }
                        value if quiet && !value.holds_router() => {}
                        _ => self.mount(frame, &mut router, &root(), value, pos),
                    }
                }
            }
            "openapi" if kind == Kind::Dropshot => return Value::Word(Name::new(words::DOCUMENT)),
            "register" if kind == Kind::Dropshot => {
                for value in values {
                    self.mount(frame, &mut router, &root(), value, pos);
                }
            }
            "unwrap_or" | "unwrap_or_else" | "or_else" => {
                let other = self.unknown_call(frame, values);
                let maybe = super::evaluate::at_run_time();
                return Value::either((Value::router(router), &maybe), (other, &maybe));
            }
            "map_or" | "map_or_else" if values.len() == 2 => {
                let callee = values.pop().unwrap_or_default();
                let other = values.pop().unwrap_or_default();
                let other = if name == "map_or_else" { self.unknown_call(frame, vec![other]) } else { other };
                let made = self.through(frame, router, &callee, name, pos);
                let maybe = super::evaluate::at_run_time();
                return Value::either((made, &maybe), (other, &maybe));
            }
            "configure" => return self.configured(frame, router, values, pos),
            "then" | "apply" | "pipe" => {
                let callee = values.into_iter().next().unwrap_or(Value::Unknown);
                return self.through(frame, router, &callee, name, pos);
            }
            // Of an `Option` or `Result` that holds it.
            "map" | "and_then" | "inspect" if values.len() == 1 => {
                if let Some(callee @ (Value::Closure(_) | Value::Function(_))) = values.pop() {
                    return self.through(frame, router, &callee, name, pos);
                }
            }
            "path" if kind == Kind::Salvo => router.bases = extended(&router, paths(kind, values.first())),
            "filter" if kind == Kind::Salvo => self.narrowed(frame, &mut router, values, pos),
            "guard" => {
                let verbs = words::methods(values.first());
                router.verbs = (!verbs.contains(&MethodSet::Any)).then_some(verbs);
            }
            "to" | "goal" => {
                let methods = router.verbs.clone().unwrap_or_else(|| vec![MethodSet::Any]);
                let target = self.target(frame, values.first().unwrap_or(&Value::Unknown));
                for entry in self.entries(&methods, target) {
                    self.push(frame, &mut router, &root(), &entry, pos);
                }
            }
            name if words::DOCUMENTS.contains(&name) => return Value::Word(Name::new(words::DOCUMENT)),
            "split_for_parts" | "into_parts" => return Value::List(vec![Value::router(router), Value::Unknown]),
            name if name.starts_with("typed_") => self.typed(frame, &mut router, name, values.first(), pos),
            name if name.starts_with("fallback") || name == "default_service" => {
                for value in values {
                    if let Value::Closure(captured) = &value {
                        self.behind.extend(captured.routers());
                    }
                    self.fallen_back(frame, &value, pos);
                }
            }
            name if words::NEUTRAL.contains(&name) => {}
            name if kind != Kind::Axum && words::verb(name).is_some() => {
                if let Some(Value::Methods(_, entries)) = self.verb(frame, kind, name, &values, pos) {
                    for entry in entries {
                        self.push(frame, &mut router, &root(), &entry, pos);
                    }
                }
            }
            name if words::adds_unread(name) && !values.iter().any(Value::holds_router) => {
                let detail = format!("what `.{name}(…)` adds to a router of `{}` is not read", frame.path);
                self.blind(frame, pos, BlindSpotKind::OtherService, detail);
            }
            _ => {
                // A method of the project's own: what it is handed may be served below anything.
                for inner in values.into_iter().flat_map(Value::routers) {
                    let unknown = crate::extract::framework::template::unknown();
                    self.mount(frame, &mut router, &unknown, Value::router(inner), pos);
                }
            }
        }
        Value::router(router)
    }

    /// A router after one of its methods, whose argument is one of several texts: each way under its condition.
    fn each_way(
        &mut self,
        frame: &mut Frame<'a>,
        router: Router<'a>,
        name: &Name,
        values: &[Value<'a>],
        (at, ways): (usize, Vec<(String, Condition)>),
        pos: Pos,
    ) -> Value<'a> {
        let mut router = router;
        for (text, condition) in ways {
            let before = router.routes.len();
            let mut values = values.to_vec();
            if let Some(value) = values.get_mut(at) {
                *value = Value::Text(text);
            }
            match self.after(frame, router, name, values, pos) {
                Value::Router(made) => router = *made,
                other => return other,
            }
            for route in router.routes.iter_mut().skip(before) {
                route.condition = std::mem::take(&mut route.condition).and(condition.clone());
            }
        }
        Value::router(router)
    }

    pub(super) fn path_of(
        &mut self,
        frame: &Frame<'a>,
        kind: Kind,
        value: Option<&Value<'a>>,
        pos: Pos,
    ) -> PathTemplate {
        let path = match value {
            Some(Value::Text(text)) => kind.path(text),
            _ => crate::extract::framework::template::unknown(),
        };
        if path.render().contains("{?}") {
            let detail = format!("a path in `{}` could not be read", frame.path);
            self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
        }
        path
    }

    /// `.configure(function)`
    fn configured(
        &mut self,
        frame: &mut Frame<'a>,
        mut router: Router<'a>,
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let fresh = || vec![Value::router(Router::new(router.kind))];
        let outcome = match values.first() {
            Some(Value::Function(named)) => self.call(named, fresh()),
            Some(Value::Closure(closure)) => Some(self.apply(frame, closure, fresh())),
            // A function that makes the function that configures, and what it sees.
            _ => None,
        };
        match outcome {
            Some(outcome) => {
                frame.loose.extend(outcome.loose);
                if let Some(inner @ Value::Router(_)) = outcome.parameters.into_iter().next() {
                    self.mount(frame, &mut router, &root(), inner, pos);
                }
            }
            None => {
                let detail = format!("what `{}` configures could not be read", frame.path);
                self.not_read(frame, pos, Unread::of(router.kind), detail);
            }
        }
        Value::router(router)
    }

    /// `.then(|router| …)`
    fn through(
        &mut self,
        frame: &mut Frame<'a>,
        router: Router<'a>,
        callee: &Value<'a>,
        name: &Name,
        pos: Pos,
    ) -> Value<'a> {
        let given = vec![Value::router(router.clone())];
        let outcome = match callee {
            Value::Function(named) => self.call(named, given),
            Value::Closure(closure) => Some(self.apply(frame, closure, given)),
            _ => None,
        };
        match outcome {
            Some(outcome) => {
                frame.loose.extend(outcome.loose);
                match outcome.value {
                    value @ Value::Router(_) => value,
                    _ => Value::router(router),
                }
            }
            None => {
                let detail = format!("what `.{name}(…)` in `{}` does could not be read", frame.path);
                self.not_read(frame, pos, Unread::of(router.kind), detail);
                Value::router(router)
            }
        }
    }
}
