//! What functions of other crates make: the frameworks' own words, and those of the standard library that routers pass
//! through.

use super::blind::{Unread, named};
use super::evaluate::Evaluation;
use super::frame::{Frame, handed_on};
use super::handlers::entry;
use super::kind::{Kind, root};
use super::names::paths;
use super::value::{Named, Router, Value};
use super::words;
use crate::extract::crates::{DefId, Ty};
use crate::model::{BlindSpot, BlindSpotKind, Condition, MethodSet};
use crate::syntax::expression::{Expr, parse};
use crate::syntax::facts::{GenericArg, Item, ItemKind, Name, Path, Pos, RawTokens, Type};
use std::collections::{BTreeMap, BTreeSet};

/// What a function makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Makes {
    /// A list or map without entries.
    List,
    /// Text without characters.
    Text,
    /// What its first argument is.
    First,
    /// A router of the project's own conversion, or what its first argument is.
    Converted,
    /// A router at the paths of its first argument.
    At,
    /// actix-web's resource at the paths of its first argument.
    Resource,
    /// axum-extra's resource of that name.
    Named,
    /// salvo's router behind a filter.
    Filtered,
    /// A router of the APIs in its first argument.
    Apis,
    /// Routers side by side, one a domain or scheme.
    Hosts,
    /// Nothing: the n-th argument is served.
    Serves(usize),
    /// A server of what its closure makes.
    Server,
    /// A path that only sends elsewhere.
    Redirect,
    /// A method router without methods.
    Methods,
    /// actix-web's verbs, as its first argument names them.
    Verbs,
    /// The verb of its own name.
    Verb,
    /// A method router for every method.
    Any,
    /// A word that names a method.
    Word,
}

/// A function: whose it is (`None`: anybody's), its type or module, its name (empty: any), what it makes.
type Row = (Option<Kind>, &'static str, &'static str, Makes);

/// The first row that fits decides.
const ROWS: &[Row] = &[
    (None, "String", "new", Makes::Text),
    (None, "String", "from", Makes::First),
    (None, "Vec", "from", Makes::First),
    (None, "VecDeque", "from", Makes::First),
    (None, "HashMap", "from", Makes::First),
    (None, "BTreeMap", "from", Makes::First),
    (None, "IndexMap", "from", Makes::First),
    (None, "Vec", "", Makes::List),
    (None, "VecDeque", "", Makes::List),
    (None, "HashMap", "", Makes::List),
    (None, "BTreeMap", "", Makes::List),
    (None, "IndexMap", "", Makes::List),
    (Some(Kind::Axum), "axum", "serve", Makes::Serves(1)),
    (Some(Kind::Axum), "Resource", "named", Makes::Named),
    (Some(Kind::Axum), "Routes", "at", Makes::At),
    (Some(Kind::Axum), "MethodFilter", "try_from", Makes::First),
    (Some(Kind::Axum), "MethodRouter", "", Makes::Methods),
    (Some(Kind::Axum), "ApiMethodRouter", "", Makes::Methods),
    (Some(Kind::Poem), "RouteMethod", "", Makes::Methods),
    (Some(Kind::Poem), "endpoint", "make", Makes::First),
    (Some(Kind::Poem), "endpoint", "make_sync", Makes::First),
    (Some(Kind::Poem), "OpenApiService", "new", Makes::Apis),
    (Some(Kind::Poem), "RouteDomain", "new", Makes::Hosts),
    (Some(Kind::Poem), "RouteScheme", "new", Makes::Hosts),
    (Some(Kind::Salvo), "Router", "with_filter", Makes::Filtered),
    (Some(Kind::Salvo), "Router", "with_path", Makes::At),
    (Some(Kind::Salvo), "PathFilter", "new", Makes::First),
    (Some(Kind::Salvo), "MethodFilter", "", Makes::Verbs),
    (Some(Kind::Salvo), "filters", "path", Makes::First),
    (Some(Kind::Salvo), "filters", "method", Makes::Verbs),
    (Some(Kind::Salvo), "filters", "", Makes::Verb),
    (Some(Kind::Actix), "HttpServer", "new", Makes::Server),
    (Some(Kind::Actix), "Scope", "new", Makes::At),
    (Some(Kind::Actix), "Resource", "new", Makes::Resource),
    (Some(Kind::Actix), "", "scope", Makes::At),
    (Some(Kind::Actix), "", "resource", Makes::Resource),
    (Some(Kind::Actix), "", "redirect", Makes::Redirect),
    (Some(Kind::Actix), "", "method", Makes::Verbs),
    (Some(Kind::Actix), "", "to", Makes::Any),
    (Some(Kind::Actix), "guard", "All", Makes::First),
    (Some(Kind::Actix), "guard", "Any", Makes::First),
    (Some(Kind::Actix), "guard", "Method", Makes::First),
    (Some(Kind::Actix), "guard", "", Makes::Word),
];

/// What the function at this path makes.
fn makes(kind: Option<Kind>, owner: &str, name: &str) -> Option<Makes> {
    let fits = |row: &&Row| {
        (row.0.is_none() || row.0 == kind)
            && (row.1.is_empty() || row.1 == owner)
            && (row.2.is_empty() || row.2 == name)
    };
    ROWS.iter().find(fits).map(|row| row.3)
}

impl<'a> Evaluation<'a> {
    /// A function of another crate.
    pub(super) fn call_foreign(
        &mut self,
        frame: &mut Frame<'a>,
        path: &str,
        written: &Path,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        if let Some(value) = path.strip_prefix("std::mem::").and_then(|name| self.moved_in_memory(frame, name, args)) {
            return value;
        }
        let mut values = self.args(frame, args);
        let segments: Vec<&str> = path.split("::").collect();
        let krate = segments.first().copied().unwrap_or_default();
        if let Some(service) = self.file_service(frame, path, &values, pos) {
            return service;
        }
        if words::DOCUMENT_CRATES.contains(&krate) || words::SHOWS.iter().any(|word| path.starts_with(word)) {
            return Value::Word(Name::new(words::DOCUMENT));
        }
        if let Some((owner, "new" | "from" | "pin")) = path.rsplit_once("::")
            && words::is_pointer(owner)
        {
            return values.into_iter().next().unwrap_or(Value::Unknown);
        }
        let kind = Kind::of_crate(krate);
        let (last, owner) = match segments.as_slice() {
            [.., owner, last] => (*last, *owner),
            [last] => (*last, ""),
            [] => ("", ""),
        };
        match kind {
            Some(Kind::Warp) => {
                let types = written.segments.last().into_iter().flat_map(|last| &last.args);
                let types = types.filter_map(|arg| match arg {
                    GenericArg::Type(ty) if !matches!(ty, Type::Infer) => Some(self.crates.ty(&frame.scope, ty)),
                    _ => None,
                });
                let types = types.collect();
                return self.filter_function(frame, &segments, types, values, pos);
            }
            Some(Kind::Rocket) => return self.rocket_function(frame, &segments, values, pos),
            _ => {}
        }
        if words::ANSWERS_BY_HAND.contains(&path) {
            return self.by_hand(frame, values, pos);
        }
        if let Some(makes) = makes(kind, owner, last) {
            return self.make(frame, (makes, kind.unwrap_or(Kind::Axum), last), values, pos);
        }
        let is_type = owner.chars().next().is_some_and(char::is_uppercase);
        match kind {
            Some(_) if is_type && last == "from" => self.make(frame, (Makes::Converted, Kind::Axum, last), values, pos),
            Some(kind) if is_type && words::router(&format!("{krate}::{owner}")).is_some() => {
                let mut router = Router::new(kind).made_in(&frame.path);
                if kind == Kind::Salvo && last.starts_with("with_hoop") {
                    let layers = self.layers(frame, kind, args, pos);
                    router.surround(&layers);
                }
                Value::router(router)
            }
            Some(Kind::Actix) if last == "route" && values.is_empty() => Value::Verbs(Vec::new()),
            Some(kind) if !is_type => {
                self.unwrap_handlers(frame, last, args, &mut values);
                match self.verb(frame, kind, last, &values, pos) {
                    Some(value) => value,
                    None => self.unknown_call(frame, values),
                }
            }
            Some(_) => self.unknown_call(frame, values),
            None => {
                if segments.len() > 1 && !words::HANDS_ON.contains(&krate) && values.iter().any(Value::holds_router) {
                    let detail = format!("what `{path}` adds to a router of `{}` could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
                }
                self.unknown_call(frame, values)
            }
        }
    }

    /// What a row says.
    fn make(
        &mut self,
        frame: &mut Frame<'a>,
        (makes, kind, name): (Makes, Kind, &str),
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let first = values.first();
        match makes {
            Makes::List => Value::List(Vec::new()),
            Makes::Text => Value::Text(String::new()),
            Makes::First => match first.and_then(|first| self.as_text(first)) {
                Some(text) => text,
                None => values.into_iter().next().unwrap_or(Value::Unknown),
            },
            Makes::Converted => match first.and_then(|value| self.converted(frame, value, "from")) {
                Some(value) => value,
                None => handed_on(values),
            },
            Makes::At | Makes::Resource => {
                let text = first.and_then(|first| self.as_text(first));
                let first = text.as_ref().or(first);
                let bases = paths(kind, first);
                if bases.iter().any(|(base, _)| base.render().contains("{?}")) {
                    let detail = format!("a path in `{}` could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
                }
                let router = if makes == Makes::Resource { Router::resource(bases) } else { Router::at(kind, bases) };
                Value::router(router.made_in(&frame.path))
            }
            Makes::Named => {
                let base = match first {
                    Some(Value::Text(name)) => Value::Text(format!("/{name}")),
                    _ => Value::Unknown,
                };
                let base = self.path_of(frame, kind, Some(&base), pos);
                Value::router(Router::at(kind, vec![(base, Condition::Always)]).made_in(&frame.path))
            }
            Makes::Filtered => self.filtered(frame, first, pos),
            Makes::Hosts => Value::Struct(Ty::Foreign("poem::RouteDomain".into(), Vec::new()), BTreeMap::new()),
            Makes::Apis => self.apis(frame, values.into_iter().next(), pos),
            Makes::Serves(at) => {
                let unread = match values.get(at) {
                    Some(Value::Unknown) => true,
                    Some(Value::Of(ty) | Value::Struct(ty, _)) if matches!(ty, Ty::Def(..)) => {
                        !values.iter().any(Value::holds_router)
                    }
                    _ => false,
                };
                if unread {
                    let detail = format!("what `{}` serves could not be read", frame.path);
                    self.not_read(frame, pos, Unread::of(kind), detail);
                    return Value::Unknown;
                }
                frame.loose.extend(values.into_iter().flat_map(Value::served));
                Value::Unknown
            }
            Makes::Server => {
                let made = self.unknown_call(frame, values);
                if !made.holds_router() {
                    let detail = format!("what `{}` serves could not be read", frame.path);
                    self.not_read(frame, pos, Unread::of(kind), detail);
                }
                frame.loose.extend(made.served());
                Value::Unknown
            }
            Makes::Redirect => {
                let mut router = Router::at(kind, paths(kind, first));
                let mut target = self.target(frame, &Value::Unknown);
                target.reads = false;
                self.push(frame, &mut router, &root(), &entry(vec![MethodSet::Any], target), pos);
                Value::router(router)
            }
            Makes::Methods => Value::Methods(kind, Vec::new()),
            Makes::Verbs => Value::Verbs(words::methods(first)),
            Makes::Verb => words::verb(name).map_or(Value::Unknown, Value::Verbs),
            Makes::Any => {
                let target = self.target(frame, first.unwrap_or(&Value::Unknown));
                Value::Methods(kind, self.entries(&[MethodSet::Any], target))
            }
            Makes::Word => Value::Word(Name::new(name.to_uppercase())),
        }
    }

    /// salvo's `Router::with_filter(path("a").and(get()))`.
    fn filtered(&mut self, frame: &Frame<'a>, filter: Option<&Value<'a>>, pos: Pos) -> Value<'a> {
        let all = filter.cloned().map(Value::items).unwrap_or_default();
        let (mut texts, mut verbs, mut known) = (Vec::new(), Vec::new(), !all.is_empty());
        for one in all {
            match one {
                text @ Value::Text(_) => texts.push(text),
                Value::Verbs(more) => verbs.extend(more),
                _ => known = false,
            }
        }
        if !known {
            let detail = format!("a filter in `{}` could not be read", frame.path);
            self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
        }
        let mut router = match texts.is_empty() {
            true if known => Router::new(Kind::Salvo),
            true => Router::at(Kind::Salvo, paths(Kind::Salvo, None)),
            false => Router::at(Kind::Salvo, paths(Kind::Salvo, Some(&Value::List(texts)))),
        };
        router.verbs = (!verbs.is_empty()).then_some(verbs);
        Value::router(router)
    }

    /// hyper's `service_fn(f)`: a function that answers whatever is asked.
    fn by_hand(&mut self, frame: &mut Frame<'a>, values: Vec<Value<'a>>, pos: Pos) -> Value<'a> {
        let said =
            |spots: &BTreeSet<BlindSpot>| spots.iter().filter(|spot| spot.kind == BlindSpotKind::OtherService).count();
        let before = said(&self.blind_spots);
        let function = match values.first() {
            Some(Value::Function(named)) => {
                if let Some(outcome) = self.call(named, Vec::new()) {
                    frame.loose.extend(outcome.loose);
                }
                named.path.clone()
            }
            _ => frame.path.clone(),
        };
        let sees_router = values.iter().any(|value| match value {
            Value::Closure(closure) => closure.variables.values().any(|variable| variable.value.holds_router()),
            value => value.holds_router(),
        });
        let made = self.unknown_call(frame, values);
        if !sees_router && !made.holds_router() && said(&self.blind_spots) == before {
            let detail = format!("`{function}` answers requests by hand: state its routes in marks");
            self.blind(frame, pos, BlindSpotKind::OtherService, detail);
        }
        match made {
            made if made.holds_router() => made,
            _ => Value::Word(Name::new(words::DOCUMENT)),
        }
    }

    /// Something that nobody looked into: closures may be called, routers are handed on.
    pub(super) fn unknown_call(&mut self, frame: &mut Frame<'a>, values: Vec<Value<'a>>) -> Value<'a> {
        let mut all = Vec::with_capacity(values.len());
        for value in values {
            match value {
                Value::Closure(closure) => {
                    let outcome = self.apply(frame, &closure, Vec::new());
                    self.maybe_called(frame, &closure);
                    frame.loose.extend(outcome.loose);
                    all.push(outcome.value);
                }
                value => all.push(value),
            }
        }
        handed_on(all)
    }

    /// utoipa-axum's `routes!(a, b)`: what the attributes on these handlers say.
    pub(super) fn documented(&mut self, frame: &mut Frame<'a>, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let mut router = Router::new(Kind::Axum);
        for handler in parse::expressions(raw) {
            match self.expr(frame, &handler) {
                Value::Function(named) => self.stated(frame, &mut router, &root(), &named, pos),
                _ => {
                    let detail = format!("a handler in `routes!` of `{}` could not be read", frame.path);
                    self.not_read(frame, handler.pos, named(Kind::Axum, &handler), detail);
                }
            }
        }
        Value::router(router)
    }

    /// The routes of the types that `OpenApiService::new((A, B), …)` serves.
    fn apis(&mut self, frame: &mut Frame<'a>, value: Option<Value<'a>>, pos: Pos) -> Value<'a> {
        let mut router = Router::new(Kind::Poem).made_in(&frame.path);
        let mut apis: Vec<Value<'a>> = value.into_iter().collect();
        while apis.iter().any(|api| matches!(api, Value::List(_))) {
            apis = apis.into_iter().flat_map(Value::items).collect();
        }
        for api in apis {
            let before = router.routes.len();
            if let Value::Of(Ty::Def(def, _)) | Value::Struct(Ty::Def(def, _), _) = &api {
                for named in self.operations(*def) {
                    self.stated(frame, &mut router, &root(), &named, pos);
                }
            }
            if router.routes.len() == before {
                let detail = format!("an API that `{}` serves could not be read", frame.path);
                self.not_read(frame, pos, Unread::of(Kind::Poem), detail);
            }
        }
        Value::router(router)
    }

    /// The methods under `#[oai]` of a type.
    fn operations(&self, def: DefId) -> Vec<Named<'a>> {
        let mut out = Vec::new();
        for (item, module) in self.crates.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let is_operation = |member: &&Item| {
                member.attrs.iter().any(|attr| crate::extract::framework::attribute::is(attr, &["oai"]))
            };
            let scope = self.crates.impl_scope(module, fact);
            let members = self.crates.members(item).iter().filter(is_operation);
            out.extend(members.map(|member| self.member(def, member, scope.clone())));
        }
        out
    }
}
