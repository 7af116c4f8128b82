//! warp: filters are routes that `and` narrows, `or` adds to, and `map`, `then`, `and_then` answer.

use super::evaluate::Evaluation;
use super::frame::{Frame, handed_on};
use super::value::{HOLE, Kind, Route, Router, Target, Value, root};
use super::words;
use crate::model::{BlindSpotKind, Condition, MethodSet, PathTemplate};
use crate::syntax::facts::{Name, Pos, RawTokens};

/// The path of a target that nothing has answered yet.
const UNANSWERED: &str = "";

impl<'a> Evaluation<'a> {
    /// `warp::get()`, `warp::path("x")`, `warp::path::param()`, `warp::serve(routes)`.
    pub(super) fn filter_function(
        &mut self,
        frame: &mut Frame<'a>,
        segments: &[&str],
        values: Vec<Value<'a>>,
        pos: Pos,
    ) -> Value<'a> {
        let (last, module) = match segments {
            [.., module, last] => (*last, *module),
            _ => return Value::Unknown,
        };
        let filter = |path: &str, method: MethodSet| {
            let place = self.place(frame, pos);
            Value::router(one(Kind::Warp.path(path), method, place))
        };
        match (module, last) {
            ("path", "param") => filter("/{param}", MethodSet::Any),
            ("path", "tail") | ("fs", "dir") => filter("/{*tail}", MethodSet::Any),
            (_, "path") => match values.first() {
                Some(Value::Text(text)) => filter(&format!("/{text}"), MethodSet::Any),
                _ => filter(&format!("/{HOLE}"), MethodSet::Any),
            },
            ("warp", "serve" | "service") => {
                frame.loose.extend(values.into_iter().flat_map(Value::served));
                Value::Unknown
            }
            ("reply" | "reject" | "http" | "redirect" | "test" | "cors" | "log", _) | (_, "log" | "cors") => {
                handed_on(values)
            }
            (_, name) => match words::verb(name).and_then(|methods| methods.into_iter().next()) {
                Some(method) => filter("", method),
                None => filter("", MethodSet::Any),
            },
        }
    }

    /// `warp::path!("api" / "v1" / u64 / ..)`.
    pub(super) fn filter_path(&self, frame: &Frame<'a>, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let mut text = String::new();
        for segment in raw.text.split('/').map(str::trim).filter(|segment| !segment.is_empty() && *segment != "..") {
            text.push('/');
            match segment.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                Some(literal) => text.push_str(literal),
                None => {
                    let name = segment.rsplit("::").next().unwrap_or(segment).to_lowercase();
                    text.extend(["{", name.as_str(), "}"]);
                }
            }
        }
        Value::router(one(Kind::Warp.path(&text), MethodSet::Any, self.place(frame, pos)))
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
        match (name.as_str(), values.into_iter().next()) {
            ("and", Some(Value::Router(other))) => filter.routes = product(&filter.routes, &other.routes),
            ("and", _) => {}
            ("or", Some(Value::Router(other))) => filter.routes.extend(other.routes),
            ("or", _) => {
                let detail = format!("what `{}` serves beside its other filters could not be read", frame.path);
                self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
            }
            ("map" | "then" | "and_then", Some(handler)) => {
                let target = Self::target(frame, &handler);
                // What stands behind the function that answers changes its answer.
                let answers = |route: &&mut Route<'a>| {
                    route.target.function.is_none() && (target.function.is_some() || route.target.path == UNANSWERED)
                };
                for route in filter.routes.iter_mut().filter(answers) {
                    route.target = target.clone();
                    route.place = self.place(frame, pos);
                }
            }
            _ => {}
        }
        Value::router(filter)
    }
}

fn unanswered<'a>() -> Target<'a> {
    Target { path: UNANSWERED.to_owned(), function: None, closure: None, reads: true }
}

fn one<'a>(path: PathTemplate, method: MethodSet, place: crate::model::Place) -> Router<'a> {
    let path = PathTemplate { trailing_slash: false, ..path };
    let route = Route {
        kind: Kind::Warp,
        methods: vec![method],
        path,
        target: unanswered(),
        condition: Condition::Always,
        place,
        server: 0,
    };
    Router { routes: vec![route], ..Router::new(Kind::Warp) }
}

/// Every route of the second below every route of the first.
fn product<'a>(first: &[Route<'a>], second: &[Route<'a>]) -> Vec<Route<'a>> {
    let mut out = Vec::new();
    for outer in first {
        for inner in second {
            let Some(methods) = both(&outer.methods, &inner.methods) else { continue };
            // A filter without a path of its own only extracts something, unless it is what answers.
            let extracts = inner.path == root() && inner.methods == [MethodSet::Any];
            let answered = if extracts || outer.target.function.is_some() { outer } else { inner };
            out.push(Route {
                methods,
                path: Kind::Warp.under(&outer.path, &inner.path),
                condition: outer.condition.clone().and(inner.condition.clone()),
                ..answered.clone()
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

/// Is it a route, and not only a part of one? A part has no answer, or neither path nor method.
pub(super) fn is_whole(route: &Route<'_>) -> bool {
    route.kind != Kind::Warp
        || route.target.path != UNANSWERED && (route.path != root() || route.methods != [MethodSet::Any])
}
