//! warp: filters are routes that `and` narrows, `or` adds to, and `map`, `then`, `and_then` answer.

use super::blind::Unread;
use super::evaluate::Evaluation;
use super::extracts::{Extracts, Read, What, name_parameters, params};
use super::frame::{Frame, handed_on, under};
use super::kind::{HOLE, Kind, root};
use super::value::{Route, Router, Target, Value};
use super::words;
use crate::extract::crates::{Scope, Ty};
use crate::model::{BlindSpot, BlindSpotKind, Condition, MethodSet, PathTemplate, Place};
use crate::syntax::expression::ExprKind;
use crate::syntax::facts::{Bound, Function, GenericArg, ItemKind, Name, Pos, RawTokens, Type};
use std::collections::BTreeSet;

/// The path of a target that nothing has answered yet.
const UNANSWERED: &str = "";

impl<'a> Evaluation<'a> {
    /// `warp::get()`, `warp::path("x")`, `warp::path::param::<T>()`, `warp::serve(routes)`; `types` are those behind `::<`.
    pub(super) fn filter_function(
        &mut self,
        frame: &mut Frame<'a>,
        segments: &[&str],
        types: Vec<Ty>,
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let (last, module) = match segments {
            [.., module, last] => (*last, *module),
            _ => return Value::Unknown,
        };
        let place = self.place(frame, pos);
        let ty = types.into_iter().next();
        let text = |n: usize| match values.get(n) {
            Some(Value::Text(text)) => text.replace(HOLE, "{?}"),
            _ => "{?}".to_owned(),
        };
        let filter = |path: &str, method: MethodSet, extracts: Extracts| {
            Value::router(one(Kind::Warp.path(path), method, extracts, place.clone()))
        };
        let reads =
            |what: What, name: &str| filter("", MethodSet::Any, Extracts::one(Read::new(what, name, ty.clone())));
        match (module, last) {
            ("path", "param") => filter("/{param}", MethodSet::Any, Extracts::one(Read::new(What::Path, "param", ty))),
            ("path", "tail") => filter("/{*tail}", MethodSet::Any, Extracts::one(tail())),
            ("path", "end") => filter("", MethodSet::Any, Extracts { ends: true, ..Extracts::none() }),
            ("path", "full" | "peek") => filter("", MethodSet::Any, given()),
            (_, "path") => match values.first() {
                Some(Value::Text(text)) if !text.contains(HOLE) => {
                    filter(&format!("/{text}"), MethodSet::Any, Extracts::none())
                }
                Some(Value::OneOf(ways)) => {
                    let mut all = Router::new(Kind::Warp);
                    for (text, on) in ways {
                        let way = filter(&format!("/{text}"), MethodSet::Any, Extracts::none());
                        all.routes.extend(under(way, on).routers().into_iter().flat_map(|one| one.routes));
                    }
                    Value::router(all)
                }
                text => {
                    let text = if let Some(Value::Text(text)) = text { text.clone() } else { HOLE.to_string() };
                    let made = filter(&format!("/{text}"), MethodSet::Any, Extracts::none());
                    let detail = format!("a path in `{}` could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
                    made
                }
            },
            ("warp", "serve" | "service") => {
                frame.loose.extend(values.into_iter().flat_map(Value::served));
                Value::Unknown
            }
            ("header", name @ ("exact" | "exact_ignore_case")) => {
                let only = Some(text(1)).filter(|_| name == "exact" || !text(1).is_empty());
                let read = Read { only, ..Read::new(What::Header, &text(0), None) };
                filter("", MethodSet::Any, Extracts { reads: vec![read], ..Extracts::none() })
            }
            ("header" | "cookie", "optional") => {
                let what = if module == "header" { What::Header } else { What::Cookie };
                let read = Read { optional: true, ..Read::new(what, &text(0), ty) };
                filter("", MethodSet::Any, Extracts::one(read))
            }
            ("header", "headers_cloned") => filter("", MethodSet::Any, given()),
            (_, "header") | ("header", "value") => reads(What::Header, &text(0)),
            (_, "cookie") => reads(What::Cookie, &text(0)),
            ("query", "raw") => reads(What::Unknown, ""),
            (_, "query") => reads(What::Query, "query"),
            ("body", "json") => reads(What::Json, "body"),
            ("body", "form") => reads(What::Form, "form"),
            ("body", "bytes" | "stream" | "aggregate") => reads(What::Bytes, "body"),
            ("multipart", "form") => reads(What::Multipart, "form"),
            (_, "ws" | "ws2") => {
                let upgrade = Extracts::one(Read::new(What::Upgrade, "ws", None));
                filter("", MethodSet::One("GET".to_owned()), upgrade)
            }
            ("warp", "any") | ("body", "content_length_limit") | ("host", "exact") | ("any", "any") => {
                filter("", MethodSet::Any, Extracts::none())
            }
            ("addr" | "ext" | "host", _) | (_, "method") => filter("", MethodSet::Any, given()),
            ("warp" | "method", name) => match words::verb(name).and_then(|methods| methods.into_iter().next()) {
                Some(method) => filter("", method, Extracts::none()),
                None => handed_on(values),
            },
            ("fs", "dir" | "file") => {
                let (path, methods) = (if last == "dir" { "/{*rest}" } else { "" }, MethodSet::One("GET".to_owned()));
                let mut files = one(Kind::Warp.path(path), methods, Extracts::none(), place);
                let target = self.target(frame, &Value::Unknown);
                for route in &mut files.routes {
                    route.target = Target { path: format!("warp::fs::{last}"), reads: false, ..target.clone() };
                    route.extracts.ends = last == "dir";
                }
                Value::router(files)
            }
            // Logs, replies and the rest are no filters.
            _ => handed_on(values),
        }
    }

    /// `warp::path!("api" / "v1" / u64 / ..)`.
    pub(super) fn filter_path(&self, frame: &Frame<'a>, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let mut text = String::new();
        let mut extracts = Extracts { ends: true, ..Extracts::none() };
        let tokens = raw.lex();
        let mut parts = tokens.split(|token| token.is_punct('/')).filter(|part| !part.is_empty());
        let parts: Vec<RawTokens> =
            parts.by_ref().filter_map(|part| Some(raw.slice(part.first()?.start, part.last()?.end))).collect();
        for part in parts {
            let segment = part.text.trim();
            if segment == ".." {
                extracts.ends = false;
                continue;
            }
            text.push('/');
            match part.string() {
                Some(literal) => text.push_str(&literal),
                None => {
                    let name = segment.rsplit("::").next().unwrap_or(segment).to_lowercase();
                    text.extend(["{", name.as_str(), "}"]);
                    let ty = part.ty().map(|ty| self.crates.ty(&frame.scope, &ty));
                    extracts = extracts.then(&Extracts::one(Read::new(What::Path, &name, ty)));
                }
            }
        }
        let place = self.place(frame, pos);
        Value::router(one(Kind::Warp.path(&text), MethodSet::Any, extracts, place))
    }

    /// `filter.and(…)`, `.or(…)`, `.and_then(handler)`.
    pub(super) fn on_filter(
        &mut self,
        frame: &mut Frame<'a>,
        mut filter: Router<'a>,
        name: &Name,
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let given = values.clone();
        match (name.as_str(), values.into_iter().next()) {
            ("and", Some(Value::Router(other))) => filter.routes = product(&filter.routes, &other.routes),
            ("and", _) => {
                // What it reads is not known, nor how many values it gives.
                for route in &mut filter.routes {
                    route.extracts.reads.push(Read::new(What::Unknown, "", None));
                    route.extracts.values = None;
                }
            }
            ("or", Some(Value::Router(other))) => match (filter.routes.as_mut_slice(), other.routes.as_slice()) {
                // One that only takes something out may be missing, where another stands for it.
                ([first], [second]) if only_extracts(first) && only_extracts(second) => {
                    first.extracts.reads.iter_mut().for_each(|read| read.optional = true);
                    let more = second.extracts.reads.iter().cloned().map(|read| Read { optional: true, ..read });
                    first.extracts.reads.extend(more);
                }
                _ => filter.routes.extend(other.routes),
            },
            ("or", _) => {
                let detail = format!("what `{}` serves beside its other filters could not be read", frame.path);
                self.not_read(frame, pos, Unread::of(Kind::Warp), detail);
            }
            ("or_else", _) => {
                for route in filter.routes.iter_mut().filter(|route| only_extracts(route)) {
                    route.extracts.reads.iter_mut().for_each(|read| read.optional = true);
                }
            }
            ("map" | "then" | "and_then", Some(handler)) => {
                let target = self.target(frame, &handler);
                let place = self.place(frame, pos);
                for route in &mut filter.routes {
                    self.answered(route, &target, &place);
                }
            }
            ("untuple_one", _) => {
                for route in &mut filter.routes {
                    route.extracts.values = self.unpacked(&route.target);
                }
            }
            _ => return self.filtered_by(frame, filter, name, given, pos),
        }
        Value::router(filter)
    }

    /// A method of this side on a filter, or one that changes nothing of what it serves.
    fn filtered_by(
        &mut self,
        frame: &mut Frame<'a>,
        filter: Router<'a>,
        name: &Name,
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        if let Some(value) = self.extended(frame, &filter, name, &values, pos) {
            return value;
        }
        if values.iter().any(Value::holds_router) && !words::NEUTRAL.contains(&name.as_str()) {
            let detail = format!("what `.{name}(…)` in `{}` adds could not be read", frame.path);
            self.not_read(frame, pos, Unread::of(Kind::Warp), detail);
        }
        Value::router(filter)
    }

    /// A filter with the types that the function which makes it states: `impl Filter<Extract = (T,)>`.
    pub(super) fn extracted(&self, scope: &Scope, function: &Function, value: Value<'a>) -> Value<'a> {
        let Value::Router(mut filter) = value else { return value };
        if filter.kind == Kind::Warp
            && let Some(Type::Tuple(types)) = function.ret.as_ref().and_then(extract)
        {
            let types: Vec<Ty> = types.iter().map(|ty| self.crates.ty(scope, ty)).collect();
            for route in &mut filter.routes {
                route.extracts.typed(&types);
            }
        }
        Value::Router(filter)
    }

    /// A function behind a filter: it takes the values, and answers, unless a function before it does.
    fn answered(&self, route: &mut Route<'a>, target: &Target<'a>, place: &Place) {
        route.extracts.taken(&params(self.crates, target));
        // What stands behind the function that answers changes its answer.
        if route.target.function.is_none() && (target.function.is_some() || route.target.path == UNANSWERED) {
            route.target = target.clone();
            route.place = place.clone();
            if !only_extracts(route) {
                name_parameters(route);
            }
        }
    }

    /// The values that the tuple of a function is taken apart into.
    fn unpacked(&self, target: &Target<'a>) -> Option<Vec<Option<usize>>> {
        if let Some(closure) = &target.closure
            && let ExprKind::List(parts) = &closure.closure.body.kind
        {
            return Some(vec![None; parts.len()]);
        }
        let named = target.function.as_ref()?;
        let ItemKind::Fn(function) = &named.item.kind else { return None };
        let ret: &Type = function.ret.as_ref()?;
        let mut ty = self.crates.ty(&named.scope, ret);
        if let Ty::Foreign(path, args) = &ty
            && path.ends_with("::Result")
            && let Some(inner) = args.first()
        {
            ty = inner.clone();
        }
        if let Ty::Tuple(items) = ty { Some(vec![None; items.len()]) } else { None }
    }
}

/// `(T,)` of `impl Filter<Extract = (T,)>` and `BoxedFilter<(T,)>`.
fn extract(ret: &Type) -> Option<&Type> {
    match ret {
        Type::Impl(bounds) => bounds.iter().find_map(|bound| match bound {
            Bound::Trait { path, .. } => path.segments.last()?.args.iter().find_map(|arg| match arg {
                GenericArg::Assoc(name, ty) if name == "Extract" => Some(ty),
                _ => None,
            }),
            _ => None,
        }),
        Type::Path { qself: None, path } => match path.segments.last()?.args.as_slice() {
            [GenericArg::Type(ty)] => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// A value that is of no request.
fn given() -> Extracts {
    Extracts { values: Some(vec![None]), ..Extracts::none() }
}

fn tail() -> Read {
    Read::new(What::Path, "tail", Some(crate::extract::framework::draft::string()))
}

fn unanswered<'a>() -> Target<'a> {
    Target { path: UNANSWERED.to_owned(), function: None, closure: None, reads: true, answers: Vec::new() }
}

fn one<'a>(path: PathTemplate, method: MethodSet, extracts: Extracts, place: Place) -> Router<'a> {
    let path = PathTemplate { trailing_slash: false, ..path };
    let route = Route {
        kind: Kind::Warp,
        methods: vec![method],
        path,
        target: unanswered(),
        condition: Condition::Always,
        place,
        server: 0,
        extracts,
        layers: super::layers::Layers::new(),
    };
    Router { routes: vec![route], ..Router::new(Kind::Warp) }
}

/// Has it neither path nor method, so that it only takes something out of a request, or lets it through?
fn only_extracts(route: &Route<'_>) -> bool {
    route.path == root() && route.methods == [MethodSet::Any] && !route.extracts.ends
}

/// `warp::fs::file("index.html")` behind no path: it answers whatever is left.
fn answers_with_a_file(route: &Route<'_>) -> bool {
    route.target.path == "warp::fs::file" && route.path == root() && !route.extracts.ends
}

/// Every route of the second below every route of the first.
fn product<'a>(first: &[Route<'a>], second: &[Route<'a>]) -> Vec<Route<'a>> {
    let mut out = Vec::new();
    for outer in first {
        for inner in second {
            let Some(methods) = both(&outer.methods, &inner.methods) else { continue };
            // What a function made of what it took out is a value for the next one; what answers a path stays that.
            let answers = |route: &Route<'_>| route.target.path != UNANSWERED && !only_extracts(route);
            let answered = match (answers(outer), answers(inner)) {
                (true, _) if inner.extracts.is_empty() => outer.target.clone(),
                // What only takes something out of a request leaves no value to a handler that stands already.
                (_, true) if outer.extracts.is_empty() || only_extracts(outer) => inner.target.clone(),
                _ => unanswered(),
            };
            let place = if answers(outer) { &outer.place } else { &inner.place };
            let mut layers = outer.layers.clone();
            super::layers::surround(&mut layers, &inner.layers);
            out.push(Route {
                methods,
                path: Kind::Warp.under(&outer.path, &inner.path),
                condition: outer.condition.clone().and(inner.condition.clone()),
                extracts: outer.extracts.then(&inner.extracts),
                target: answered,
                place: place.clone(),
                layers,
                ..outer.clone()
            });
        }
    }
    out
}

fn both(first: &[MethodSet], second: &[MethodSet]) -> Option<Vec<MethodSet>> {
    match (first, second) {
        ([MethodSet::Any], other) | (other, [MethodSet::Any]) => Some(other.to_vec()),
        (first, second) if first == second => Some(first.to_vec()),
        _ => None,
    }
}

/// The routes of a filter that is served: one that asks for neither path nor method answers whatever is left, and one that
/// nothing answers could not be read.
pub(super) fn whole<'a>(mut filter: Router<'a>, blind_spots: &mut BTreeSet<BlindSpot>) -> Router<'a> {
    for route in filter.routes.iter_mut().filter(|route| route.kind == Kind::Warp) {
        if route.target.path == UNANSWERED {
            let detail = format!("what answers `{}` could not be read", route.path.render());
            let (kind, place) = (BlindSpotKind::UnknownRoute, Some(route.place.clone()));
            blind_spots.insert(BlindSpot { kind, place, detail, hides: None });
        } else if only_extracts(route) || answers_with_a_file(route) {
            route.path = Kind::Axum.path("/{*rest}");
        }
    }
    filter
}

/// Is it a route, and not only a part of one? A part has no answer, or neither path nor method.
pub(super) fn is_whole(route: &Route<'_>) -> bool {
    route.kind != Kind::Warp || route.target.path != UNANSWERED && !only_extracts(route)
}
