//! What goes into a router: routes, other routers, handlers whose attributes or argument types state where they answer.

use super::blind::Unread;
use super::evaluate::Evaluation;
use super::frame::Frame;
use super::handlers::entry;
use super::kind::{Kind, root};
use super::names::paths;
use super::value::{Base, Entry, Named, Route, Router, Value};
use super::{files, words};
use crate::extract::crates::{DefId, Ty};
use crate::extract::framework::attribute;
use crate::model::{BlindSpotKind, MethodSet, PathTemplate};
use crate::syntax::facts::{ItemKind, Name, Pos, RawTokens};

impl<'a> Evaluation<'a> {
    /// `.route(path, answers)`
    pub(super) fn route(
        &mut self,
        frame: &mut Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        answers: Value<'a>,
        pos: Pos,
    ) {
        let kind = router.kind;
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
            service if files::of_value(&service).is_some() => self.serves_files(frame, router, path, &service, pos),
            Value::Of(ref ty) | Value::Struct(ref ty, _) if kind == Kind::Poem && self.is_endpoint(ty) => {
                let target = self.target(frame, &answers);
                self.push(frame, router, path, &entry(vec![MethodSet::Any], target), pos);
            }
            _ => {
                let detail = format!("what answers `{}` in `{}` could not be read", path.render(), frame.path);
                self.not_read(frame, pos, Unread::of(kind), detail);
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
            layers: entry.layers.clone(),
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
            Value::Choice(ways) => {
                for (way, on) in ways {
                    let before = router.routes.len();
                    self.mount(frame, router, path, way, pos);
                    for route in router.routes.iter_mut().skip(before) {
                        route.condition = std::mem::take(&mut route.condition).and(on.clone());
                    }
                }
            }
            // A handler that answers whatever is below the path.
            handler @ (Value::Function(_) | Value::Closure(_))
                if matches!(kind, Kind::Axum | Kind::Poem) && !states_route(&handler) =>
            {
                let below = kind.under(path, &Kind::Axum.path("/{*rest}"));
                let target = self.target(frame, &handler);
                for entry in self.entries(&[MethodSet::Any], target) {
                    self.push(frame, router, &below, &entry, pos);
                }
            }
            ref service @ (Value::Of(ref ty) | Value::Struct(ref ty, _))
                if kind == Kind::Poem && self.is_endpoint(ty) =>
            {
                let below = kind.under(path, &Kind::Axum.path("/{*rest}"));
                let target = self.target(frame, service);
                self.push(frame, router, &below, &entry(vec![MethodSet::Any], target), pos);
            }
            service if files::of_value(&service).is_some() => self.files_at(frame, router, path, &service, pos),
            // A handler under an attribute of its own.
            Value::Function(named) if kind != Kind::Axum => self.stated(frame, router, path, &named, pos),
            Value::Word(word) if word == words::DOCUMENT => {}
            Value::Methods(_, entries) => {
                for entry in entries {
                    self.push(frame, router, path, &entry, pos);
                }
            }
            ref own @ (Value::Of(ref ty) | Value::Struct(ref ty, _))
                if self.method_of(ty, "Deref", "deref").is_some() =>
            {
                let derefed =
                    self.method_of(ty, "Deref", "deref").and_then(|named| self.call(&named, vec![own.clone()]));
                match derefed.map(|outcome| outcome.value) {
                    Some(inner @ Value::Router(_)) => self.mount(frame, router, path, inner, pos),
                    _ => self.unread_below(frame, kind, path, pos),
                }
            }
            _ => self.unread_below(frame, kind, path, pos),
        }
    }

    /// Says that what stands below a path is not read.
    fn unread_below(&mut self, frame: &Frame<'a>, kind: Kind, path: &PathTemplate, pos: Pos) {
        let below = if *path == root() { String::new() } else { format!(" below `{}`", path.render()) };
        let detail = format!("what `{}` serves{below} could not be read", frame.path);
        self.not_read(frame, pos, Unread::of(kind), detail);
    }

    /// Is it a type of this side that answers requests by a method of its own: `impl Endpoint for T`?
    fn is_endpoint(&self, ty: &Ty) -> bool {
        self.own_method(ty, &Name::new("call")).is_some()
    }

    /// What answers whatever no route does: a page for what is not there, or all of a server.
    pub(super) fn fallen_back(&mut self, frame: &Frame<'a>, value: &Value<'a>, pos: Pos) {
        let named = match value {
            Value::Function(named) => Some(named.as_ref()),
            Value::Methods(_, entries) => entries.iter().find_map(|entry| entry.target.function.as_ref()),
            _ => None,
        };
        let Some((named, ItemKind::Fn(function))) = named.map(|named| (named, &named.item.kind)) else { return };
        let reads = |ty: &crate::syntax::facts::Type| match self.crates.ty(&named.scope, ty) {
            Ty::Foreign(path, _) => {
                !words::ASKED_WITHOUT_READING.contains(&path.rsplit("::").next().unwrap_or_default())
            }
            _ => true,
        };
        if function.params.iter().any(|param| reads(&param.ty)) {
            self.answers_the_rest(frame, &named.path, pos);
        }
    }

    /// Says that what answers whatever no route does is not read.
    pub(super) fn answers_the_rest(&mut self, frame: &Frame<'a>, service: &str, pos: Pos) {
        let detail = format!("`{service}` answers whatever no route of `{}` does: what is not known", frame.path);
        self.blind(frame, pos, BlindSpotKind::OtherService, detail);
    }

    /// salvo's `.filter(PathFilter::new("a"))`, `.filter(filters::get())`
    pub(super) fn narrowed(&mut self, frame: &Frame<'a>, router: &mut Router<'a>, values: Vec<Value<'a>>, pos: Pos) {
        for value in values.into_iter().flat_map(Value::items) {
            match value {
                text @ (Value::Text(_) | Value::OneOf(_)) => {
                    router.bases = extended(router, paths(router.kind, Some(&text)));
                }
                Value::Verbs(verbs) => router.verbs = Some(verbs),
                _ => {
                    let detail = format!("a filter in `{}` could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
                }
            }
        }
    }

    /// `.typed_get(h)`: the path stands on the type of an argument.
    pub(super) fn typed(
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
            return self.not_read(frame, pos, Unread::of(router.kind), detail);
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
            self.path_of_type(def)
        })
    }

    /// The path that axum-extra's `#[typed_path("…")]` gives a type.
    pub(super) fn path_of_type(&self, def: DefId) -> Option<String> {
        let attrs = &self.crates.def(def)?.item.attrs;
        let attr = attrs.iter().find(|attr| attribute::is(attr, &["typed_path"]))?;
        attribute::args(attr)?.parts().first().and_then(RawTokens::string)
    }
}

/// The parameter by which a resource names one of its own: `{users_id}` below `/users`.
pub(super) fn resource_id(base: &PathTemplate) -> String {
    let path = base.render();
    format!("{{{}_id}}", path.rsplit('/').next().unwrap_or_default())
}

/// Does an attribute on a handler state its route?
fn states_route(handler: &Value<'_>) -> bool {
    matches!(handler, Value::Function(named) if named.item.attrs.iter().any(|attr| attribute::is(attr, &["oai"])))
}

pub(super) fn extended(router: &Router<'_>, more: Vec<Base>) -> Vec<Base> {
    let below = |(base, on): &Base, (path, also): &Base| (router.kind.under(base, path), on.clone().and(also.clone()));
    router.bases.iter().flat_map(|base| more.iter().map(move |path| below(base, path))).collect()
}
