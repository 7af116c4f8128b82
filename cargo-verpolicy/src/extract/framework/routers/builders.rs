//! What the methods of routers build: on routers, method routers, actix-web's verbs.

use super::evaluate::Evaluation;
use super::expression::Expr;
use super::frame::Frame;
use super::names::{entry, paths};
use super::value::{Entry, Kind, Named, Route, Router, Value, root};
use super::words;
use crate::extract::crates::Ty;
use crate::extract::framework::attribute;
use crate::model::{BlindSpotKind, MethodSet, PathTemplate};
use crate::syntax::facts::{ItemKind, Name, Pos, RawTokens};

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
        router: Router<'a>,
        name: &Name,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let types = std::mem::take(&mut frame.turbofish);
        let mut values = self.args(frame, args);
        frame.turbofish = types;
        self.unwrap_handlers(frame, name, args, &mut values);
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
        if !words::inherent(name)
            && let Some(value) = self.extended(frame, &router, name, &values, pos)
        {
            return value;
        }
        match name.as_str() {
            "route" | "api_route" | "api_route_with" | "at" | "route_with_tsr" if values.len() > 1 => {
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
                let target = self.target(frame, &Value::Unknown);
                self.push(frame, &mut router, &path, &entry(vec![MethodSet::Any], target), pos);
            }
            "nest_no_strip" if values.len() > 1 => {
                let inner = values.swap_remove(1);
                self.mount(frame, &mut router, &root(), inner, pos);
            }
            name if words::NESTING.contains(&name) && values.len() > 1 => {
                let path = self.path_of(frame, kind, values.first(), pos);
                let inner = values.swap_remove(1);
                self.mount(frame, &mut router, &path, inner, pos);
            }
            "merge" | "push" | "append" | "service" | "extend" | "unshift" | "routes" | "fallback_service" => {
                let quiet = name == "fallback_service";
                for value in values {
                    if !quiet || value.holds_router() {
                        self.mount(frame, &mut router, &root(), value, pos);
                    }
                }
            }
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
            "configure" => return self.configured(frame, router, values, pos),
            "then" | "apply" | "pipe" => {
                let callee = values.into_iter().next().unwrap_or(Value::Unknown);
                return self.through(frame, router, &callee, name, pos);
            }
            "path" if kind == Kind::Salvo => router.bases = extended(&router, paths(kind, values.first())),
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
            name if name.starts_with("fallback") || words::NEUTRAL.contains(&name) => {}
            name if kind != Kind::Axum && words::verb(name).is_some() => {
                if let Some(Value::Methods(_, entries)) = self.verb(frame, kind, name, &values, pos) {
                    for entry in entries {
                        self.push(frame, &mut router, &root(), &entry, pos);
                    }
                }
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

    /// `.route(path, answers)`
    fn route(
        &mut self,
        frame: &mut Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        answers: Value<'a>,
        pos: Pos,
    ) {
        match answers {
            Value::Methods(_, entries) => {
                for entry in entries {
                    self.push(frame, router, path, &entry, pos);
                }
            }
            inner @ Value::Router(_) => self.mount(frame, router, path, inner, pos),
            handler @ (Value::Function(_) | Value::Closure(_)) => {
                let target = self.target(frame, &handler);
                for entry in self.entries(&[MethodSet::Any], target) {
                    self.push(frame, router, path, &entry, pos);
                }
            }
            Value::Word(word) if word == words::DOCUMENT => {}
            _ => {
                let detail = format!("what answers `{}` in `{}` could not be read", path.render(), frame.path);
                self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
                if path.prefix == crate::model::Prefix::Known {
                    let target = self.target(frame, &Value::Unknown);
                    self.push(frame, router, path, &entry(vec![MethodSet::Any], target), pos);
                }
            }
        }
    }

    pub(super) fn push(
        &self,
        frame: &Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        entry: &Entry<'a>,
        pos: Pos,
    ) {
        router.routes.push(Route {
            kind: router.kind,
            methods: entry.methods.clone(),
            path: path.clone(),
            target: entry.target.clone(),
            condition: entry.condition.clone(),
            place: self.place(frame, pos),
            server: 0,
            extracts: super::extracts::Extracts::default(),
        });
    }

    /// What the attributes on this function say, below `path`.
    pub(super) fn stated(
        &mut self,
        frame: &Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        named: &Named<'a>,
        pos: Pos,
    ) {
        let function = Some(named.clone());
        let target = super::value::Target {
            path: named.path.clone(),
            function,
            closure: None,
            reads: false,
            answers: Vec::new(),
        };
        for entry in self.entries(&[], target) {
            self.push(frame, router, path, &entry, pos);
        }
    }

    /// A router inside a router.
    pub(super) fn mount(
        &mut self,
        frame: &mut Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        inner: Value<'a>,
        pos: Pos,
    ) {
        let kind = router.kind;
        let prefix = PathTemplate { trailing_slash: false, ..path.clone() };
        match inner {
            Value::Router(inner) => {
                let routes = inner.all().into_iter().map(|mut route| {
                    route.path = kind.under(&prefix, &route.path);
                    route
                });
                router.routes.extend(routes);
            }
            Value::List(items) => {
                for item in items {
                    self.mount(frame, router, path, item, pos);
                }
            }
            // A handler under an attribute of its own.
            Value::Function(named) if kind != Kind::Axum => self.stated(frame, router, path, &named, pos),
            Value::Word(word) if word == words::DOCUMENT => {}
            Value::Methods(_, entries) => {
                for entry in entries {
                    self.push(frame, router, path, &entry, pos);
                }
            }
            _ => {
                let below = if *path == root() { String::new() } else { format!(" below `{}`", path.render()) };
                let detail = format!("what `{}` serves{below} could not be read", frame.path);
                self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
            }
        }
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
                self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
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
                self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
                Value::router(router)
            }
        }
    }

    /// `.typed_get(h)`: the path stands on the type of an argument.
    fn typed(
        &mut self,
        frame: &mut Frame<'a>,
        router: &mut Router<'a>,
        name: &str,
        handler: Option<&Value<'a>>,
        pos: Pos,
    ) {
        let Some(methods) = name.strip_prefix("typed_").and_then(words::verb) else {
            return self.described(frame, router, handler, pos);
        };
        let path = handler.and_then(|handler| self.typed_path(handler));
        let path = path.map(Value::Text);
        let path = self.path_of(frame, router.kind, path.as_ref(), pos);
        let target = self.target(frame, handler.unwrap_or(&Value::Unknown));
        for entry in self.entries(&methods, target) {
            self.push(frame, router, &path, &entry, pos);
        }
    }

    /// axum-routing's `.typed_route(h)`: method and path stand in `#[route(GET "/users/{id}?page")]` on the handler.
    fn described(&mut self, frame: &mut Frame<'a>, router: &mut Router<'a>, handler: Option<&Value<'a>>, pos: Pos) {
        let stated = match handler {
            Some(Value::Function(named)) => named.item.attrs.iter().find_map(|attr| {
                attr.path.last().filter(|name| *name == "route" || *name == "api_route")?;
                let raw = attribute::args(attr)?;
                let (method, rest) = raw.text.trim_start().split_once(char::is_whitespace)?;
                let path = rest.split('"').nth(1)?.split('?').next()?;
                Some((words::verb(&method.to_lowercase())?, path.to_owned()))
            }),
            _ => None,
        };
        let Some((methods, path)) = stated else {
            let detail = format!("a route that `{}` adds could not be read", frame.path);
            return self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
        };
        let path = router.kind.path(&path);
        let target = self.target(frame, handler.unwrap_or(&Value::Unknown));
        for entry in self.entries(&methods, target) {
            self.push(frame, router, &path, &entry, pos);
        }
    }

    fn typed_path(&self, handler: &Value<'a>) -> Option<String> {
        let Value::Function(named) = handler else { return None };
        let ItemKind::Fn(function) = &named.item.kind else { return None };
        function.params.iter().find_map(|param| {
            let Ty::Def(def, _) = self.crates.ty(&named.scope, &param.ty) else { return None };
            let attrs = &self.crates.def(def)?.item.attrs;
            let attr = attrs.iter().find(|attr| attribute::is(attr, &["typed_path"]))?;
            attribute::args(attr)?.parts().first().and_then(RawTokens::string)
        })
    }
}

fn extended(router: &Router<'_>, more: Vec<PathTemplate>) -> Vec<PathTemplate> {
    let pairs = router.bases.iter().flat_map(|base| more.iter().map(move |path| router.kind.under(base, path)));
    pairs.collect()
}
