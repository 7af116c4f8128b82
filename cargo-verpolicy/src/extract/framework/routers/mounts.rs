//! Rocket: lists of handlers (`routes![a, b]`), which functions hand on until `mount` puts them below a base, and the
//! fairings that mount more. A list that no mount takes up begins with something unknown.

use super::blind::{Unread, named};
use super::evaluate::{Evaluation, at_run_time};
use super::frame::{Frame, under, variable};
use super::handlers::entry;
use super::kind::{Kind, root};
use super::value::{Router, Target, Value};
use super::words;
use crate::extract::crates::Ty;
use crate::extract::framework::template::{join, unknown};
use crate::model::{BlindSpot, BlindSpotKind, Condition, PathTemplate, Place, Prefix};
use crate::syntax::expression::parse;
use crate::syntax::facts::{ItemKind, Name, Path, Pos, RawTokens};
use crate::syntax::tokens::Cursor;
use std::collections::BTreeMap;

/// Does a macro of this name list handlers, of Rocket or of rocket_okapi?
fn lists(name: &str) -> bool {
    matches!(name, "routes" | "openapi_routes")
        || name.starts_with("openapi_get_routes")
        || name.starts_with("routes_with")
}

/// A list that nothing has mounted yet.
pub(super) fn list<'a>(function: &str) -> Router<'a> {
    Router::at(Kind::Rocket, vec![(unknown(), Condition::Always)]).made_in(function)
}

/// The routes of a list, without the base that no mount has given them; they stand where they are mounted.
fn bare<'a>(value: Value<'a>, place: &Place) -> Value<'a> {
    match value {
        Value::Router(mut router) if router.kind == Kind::Rocket => {
            router.bases = vec![(root(), Condition::Always)];
            for route in router.routes.iter_mut().filter(|route| route.methods.is_empty()) {
                route.place.clone_from(place);
            }
            Value::Router(router)
        }
        Value::List(items) => Value::List(items.into_iter().map(|item| bare(item, place)).collect()),
        value => value,
    }
}

/// One blind spot for each place that lists routes of this router which nothing mounts.
pub(super) fn unmounted(router: &Router<'_>) -> Vec<BlindSpot> {
    if router.kind != Kind::Rocket || router.bases.iter().all(|(base, _)| base.prefix == Prefix::Known) {
        return Vec::new();
    }
    let mut by_place: BTreeMap<&Place, usize> = BTreeMap::new();
    for route in &router.routes {
        *by_place.entry(&route.place).or_default() += 1;
    }
    let spots = by_place.into_iter().map(|(place, count)| BlindSpot {
        kind: BlindSpotKind::UnknownPrefix,
        place: Some(place.clone()),
        detail: format!("{count} handlers of this list reach no mount that could be read"),
        hides: None,
    });
    spots.collect()
}

impl<'a> Evaluation<'a> {
    /// `routes![a, b]`, `mount_endpoints_and_merged_docs! { … }`, `uri!("/x")`; `None` for other macros.
    pub(super) fn rocket_macro(
        &mut self,
        frame: &mut Frame<'a>,
        path: &Path,
        raw: &RawTokens,
        pos: Pos,
    ) -> Option<Value<'a>> {
        let name = path.segments.last().map_or("", |segment| segment.name.as_str());
        let known = lists(name) || matches!(name, "mount_endpoints_and_merged_docs" | "uri");
        let names: Vec<Name> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        let module = frame.scope.module;
        let is_rocket = || {
            let full = self.crates.macro_path(module, &names);
            full.starts_with("rocket") || !full.contains("::") && self.crates.depends_on(module, "rocket")
        };
        if !known || !is_rocket() {
            return None;
        }
        Some(match name {
            "uri" => raw.string().map_or(Value::Unknown, Value::Text),
            "mount_endpoints_and_merged_docs" => self.documented_mounts(frame, raw, pos),
            name => {
                let list = self.listed(frame, raw, pos);
                // With the document beside it.
                if name.ends_with("_spec") { Value::List(vec![list, document()]) } else { list }
            }
        })
    }

    /// The handlers between the brackets.
    fn listed(&mut self, frame: &mut Frame<'a>, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let mut list = list(&frame.path);
        for part in raw.parts() {
            let handler = parse::expression(&without_key(&part));
            match self.expr(frame, &handler) {
                Value::Function(named) => self.stated(frame, &mut list, &root(), &named, pos),
                _ => {
                    let detail =
                        format!("`{}`, listed in `{}`, is no handler that could be read", part.normal(), frame.path);
                    self.not_read(frame, pos, named(Kind::Rocket, &handler), detail);
                }
            }
        }
        Value::router(list)
    }

    /// rocket_okapi's `mount_endpoints_and_merged_docs! { rocket, base, settings, "/x" => routes(), … }`: it changes the
    /// variable that it is handed.
    fn documented_mounts(&mut self, frame: &mut Frame<'a>, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let parts = raw.parts();
        let [rocket, outer, _, rows @ ..] = parts.as_slice() else { return Value::Unknown };
        let rocket = parse::expression(rocket);
        let mut built = match self.expr(frame, &rocket) {
            Value::Router(router) => *router,
            _ => Router::new(Kind::Rocket).made_in(&frame.path),
        };
        let outer = match self.expr(frame, &parse::expression(outer)) {
            Value::Text(text) => Kind::Rocket.path(&text),
            _ => unknown(),
        };
        for row in rows {
            let tokens = row.lex();
            let mut cursor = Cursor::new(row, &tokens);
            let base = cursor.until(&["=>"]);
            if !cursor.eat("=>") {
                continue;
            }
            let base = match self.expr(frame, &parse::expression(&base)) {
                Value::Text(text) => join(&outer, &Kind::Rocket.path(&text)),
                _ => unknown(),
            };
            let list = self.expr(frame, &parse::expression(&cursor.rest()));
            // The second of the pair is the document.
            let list = match list {
                Value::List(items) if items.len() == 2 => items.into_iter().next().unwrap_or(Value::Unknown),
                list => list,
            };
            self.hang(frame, &mut built, &base, list, pos);
        }
        match variable(&rocket) {
            Some(name) => frame.set(name.clone(), Value::router(built), false),
            None => frame.loose.push(built),
        }
        document()
    }

    /// `rocket::build()`, `AdHoc::on_ignite("x", |rocket| …)`, `Route::new(Get, "/x", handler)`.
    pub(super) fn rocket_function(
        &mut self,
        frame: &mut Frame<'a>,
        segments: &[&str],
        mut values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        match segments {
            ["rocket", "build" | "custom" | "ignite"] | [.., "Rocket", "build" | "custom" | "ignite"] => {
                Value::router(Router::new(Kind::Rocket).made_in(&frame.path))
            }
            // A fairing is the router that it makes of an empty one.
            [.., "AdHoc", "on_ignite" | "try_on_ignite" | "on_attach"] if values.len() > 1 => {
                let step = values.swap_remove(1);
                self.ignited(frame, &step, None, pos)
            }
            [.., "AdHoc", _] => Value::Unknown,
            [.., "Route", "new"] => self.made_by_hand(frame, &values, pos),
            [.., "Route", "ranked"] => self.made_by_hand(frame, values.get(1..).unwrap_or_default(), pos),
            _ => self.unknown_call(frame, values),
        }
    }

    /// What a fairing's function mounts on the rocket that it is handed.
    fn ignited(&mut self, frame: &mut Frame<'a>, step: &Value<'a>, receiver: Option<Value<'a>>, pos: Pos) -> Value<'a> {
        let fresh = Value::router(Router::new(Kind::Rocket).made_in(&frame.path));
        let args: Vec<Value<'a>> = receiver.into_iter().chain([fresh]).collect();
        let outcome = match step {
            Value::Closure(closure) => Some(self.apply(frame, closure, args)),
            // A body without a word of mounts is not kept: it mounts nothing.
            Value::Function(named) => match &named.item.kind {
                ItemKind::Fn(fact) if fact.has_body && fact.body.is_none() => return Value::Unknown,
                _ => self.call(named, args),
            },
            _ => None,
        };
        match outcome {
            Some(outcome) => {
                frame.loose.extend(outcome.loose);
                outcome.value
            }
            None => {
                let detail = format!("what a fairing of `{}` mounts could not be read", frame.path);
                self.not_read(frame, pos, Unread::of(Kind::Rocket), detail);
                Value::Unknown
            }
        }
    }

    /// `Route::new(method, uri, handler)`: the handler takes the request as it is.
    fn made_by_hand(&mut self, frame: &mut Frame<'a>, values: &[Value<'a>], pos: Pos) -> Value<'a> {
        let [method, uri, handler, ..] = values else { return Value::Unknown };
        let uri = match uri {
            Value::Text(text) => Value::Text(text.split('?').next().unwrap_or_default().to_owned()),
            uri => uri.clone(),
        };
        let path = self.path_of(frame, Kind::Rocket, Some(&uri), pos);
        let target = Target { function: None, closure: None, reads: true, ..self.target(frame, handler) };
        let mut list = list(&frame.path);
        self.push(frame, &mut list, &path, &entry(words::methods(Some(method)), target), pos);
        Value::router(list)
    }

    /// A method of a rocket, or of a list of routes.
    pub(super) fn on_rocket(
        &mut self,
        frame: &mut Frame<'a>,
        mut rocket: Router<'a>,
        name: &Name,
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        match name.as_str() {
            "mount" if values.len() == 2 => {
                let base = match values.first() {
                    Some(Value::Text(text)) => Kind::Rocket.path(text),
                    _ => unknown(),
                };
                let list = values.into_iter().nth(1).unwrap_or(Value::Unknown);
                self.hang(frame, &mut rocket, &base, list, pos);
            }
            "attach" => {
                let fairing = values.into_iter().next().unwrap_or(Value::Unknown);
                if let Value::Router(mounted) = self.fairing(frame, fairing, pos) {
                    rocket.routes.extend(mounted.routes);
                }
            }
            "launch" => {
                frame.loose.extend(Value::router(rocket).served());
                return Value::Unknown;
            }
            "append" | "chain" | "extend" | "extend_from_slice" | "insert" | "push" => {
                let lists = values.into_iter().filter(|value| !matches!(value, Value::Text(_)));
                for more in lists {
                    match more {
                        Value::Router(more) => rocket.routes.extend(more.routes),
                        Value::List(items) => {
                            rocket.routes.extend(items.into_iter().flat_map(Value::routers).flat_map(|one| one.routes));
                        }
                        more => self.hang(frame, &mut rocket, &root(), more, pos),
                    }
                }
            }
            "filter" | "filter_map" | "retain" | "skip" | "skip_while" | "take" | "take_while" => {
                return under(Value::router(rocket), &at_run_time());
            }
            "map" | "inspect" | "for_each" => {
                let each = values.into_iter().next().unwrap_or(Value::Unknown);
                if let Value::Closure(closure) = &each {
                    let outcome = self.apply(frame, closure, vec![Value::router(rocket.clone())]);
                    if let Value::Router(changed) = outcome.value {
                        return Value::Router(changed);
                    }
                }
            }
            "map_base" => {
                let detail = format!("`{}` changes the base of routes by code", frame.path);
                self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
                for route in &mut rocket.routes {
                    route.path.prefix = Prefix::Unknown;
                }
            }
            "routes" | "catchers" | "figment" | "state" | "shutdown" | "len" | "is_empty" => return Value::Unknown,
            _ => {
                if let Some(value) = self.extended(frame, &rocket, name, &values, pos) {
                    return value;
                }
                let given = values.into_iter().filter(Value::holds_router);
                for list in given {
                    self.hang(frame, &mut rocket, &unknown(), list, pos);
                }
            }
        }
        Value::router(rocket)
    }

    /// What a fairing mounts: `AdHoc`'s has been asked already, one of this side has a method for it.
    fn fairing(&mut self, frame: &mut Frame<'a>, fairing: Value<'a>, pos: Pos) -> Value<'a> {
        let (Value::Of(ty) | Value::Struct(ty, _)) = &fairing else { return fairing };
        let ty = ty.clone();
        let method = ["on_ignite", "on_attach"].iter().find_map(|name| self.own_method(&ty, &Name::new(name)));
        match method {
            Some(named) => self.ignited(frame, &Value::Function(Box::new(named)), Some(fairing), pos),
            None => Value::Unknown,
        }
    }

    /// `.mount(base, list)`
    fn hang(&mut self, frame: &mut Frame<'a>, rocket: &mut Router<'a>, base: &PathTemplate, list: Value<'a>, pos: Pos) {
        let into = |this: &Self, ty: &Ty| this.own_method(ty, &Name::new("into"));
        let made = match &list {
            Value::Of(ty) | Value::Struct(ty, _) => match into(self, ty) {
                Some(named) => self.call(&named, vec![list.clone()]).map(|outcome| outcome.value),
                None => self.converted(frame, &list, "into"),
            },
            _ => None,
        };
        let (place, before) = (self.place(frame, pos), rocket.routes.len());
        self.mount(frame, rocket, base, bare(made.unwrap_or(list), &place), pos);
        let count = rocket.routes.len() - before;
        let base = base.render();
        if count > 0 && base.contains("{?}") {
            let detail = format!("{count} handlers are mounted at `{base}`, of which not all is known");
            self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
        }
    }
}

fn document<'a>() -> Value<'a> {
    Value::Word(Name::new(words::DOCUMENT))
}

/// `settings: a` is `a`.
fn without_key(part: &RawTokens) -> RawTokens {
    let tokens = part.lex();
    let mut cursor = Cursor::new(part, &tokens);
    let keyed = cursor.ident().is_some() && !cursor.peeks("::") && cursor.eat(":");
    if keyed { cursor.rest() } else { part.clone() }
}

/// Is a list changed where it stands by a method of this name?
pub(super) fn changes(name: &str) -> bool {
    matches!(name, "append" | "extend" | "extend_from_slice" | "insert" | "push" | "retain")
}
