//! Lists of routes as values: `routes![a, b]`, functions that return such lists, variables that gather them.

use super::body::{Body, DEPTH, slice};
use crate::extract::crates::{Crates, Namespace, Resolved};
use crate::extract::framework::Site;
use crate::model::Place;
use crate::syntax::facts::{ItemKind, Name, Path, RawTokens, Segment};
use crate::syntax::tokens::{Token, TokenKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Functions that call one another further than this are not followed.
const CALLS: usize = 64;

/// Methods whose arguments are no routes of the value that they are called on.
const ELSEWHERE: &[&str] = &["mount", "register", "manage", "attach"];

/// A list of routes.
#[derive(Clone, Debug, Default)]
pub(super) struct Routes {
    /// Canonical paths of the handlers.
    pub(super) handlers: BTreeSet<String>,
    /// What else stands in it, as written, and could not be read.
    pub(super) unread: BTreeSet<String>,
    /// Something that is known to be a list, or to hold no endpoint, was found.
    pub(super) seen: bool,
}

impl Routes {
    fn add(&mut self, other: &Self) {
        self.handlers.extend(other.handlers.iter().cloned());
        self.unread.extend(other.unread.iter().cloned());
        self.seen |= other.seen;
    }
}

/// The functions of a package, and what lists they return.
pub(super) struct Lists<'a> {
    crates: &'a Crates,
    bodies: Vec<Body<'a>>,
    by_path: BTreeMap<&'a str, Vec<usize>>,
    known: RefCell<BTreeMap<String, Routes>>,
}

/// Where a value is read.
struct Walk<'w> {
    body: &'w Body<'w>,
    variables: BTreeSet<Name>,
    calls: usize,
    found: Routes,
}

impl<'a> Lists<'a> {
    pub(super) fn of(crates: &'a Crates, sites: &'a [Site<'a>]) -> Self {
        let bodies: Vec<Body<'a>> = sites.iter().filter_map(Body::of).collect();
        let mut by_path: BTreeMap<&'a str, Vec<usize>> = BTreeMap::new();
        for (at, body) in bodies.iter().enumerate() {
            by_path.entry(body.site.path).or_default().push(at);
        }
        Self { crates, bodies, by_path, known: RefCell::default() }
    }

    pub(super) fn bodies(&self) -> &[Body<'a>] {
        &self.bodies
    }

    /// Every list that stands in a body, with its place.
    pub(super) fn written(&self, body: &Body<'_>) -> Vec<(Place, Routes)> {
        let mut found = Vec::new();
        self.collect(body, &body.raw, &body.raw.lex(), 0, &mut found);
        found
    }

    /// The routes of an expression in a body.
    pub(super) fn value(&self, body: &Body<'_>, raw: &RawTokens) -> Routes {
        self.evaluate(body, raw, 0)
    }

    fn collect(
        &self,
        body: &Body<'_>,
        raw: &RawTokens,
        tokens: &[Token],
        depth: usize,
        found: &mut Vec<(Place, Routes)>,
    ) {
        if depth > DEPTH {
            return;
        }
        for (at, token) in tokens.iter().enumerate() {
            if let Some(list) = list_at(raw, tokens, at) {
                found.push((self.crates.place(body.site.module, token.pos), self.list(body, &list)));
            }
            if let TokenKind::Group(_, inner) = &token.kind {
                self.collect(body, raw, inner, depth + 1, found);
            }
        }
    }

    fn evaluate(&self, body: &Body<'_>, raw: &RawTokens, calls: usize) -> Routes {
        let mut walk = Walk { body, variables: BTreeSet::new(), calls, found: Routes::default() };
        self.walk(&mut walk, raw, &raw.lex(), 0);
        walk.found
    }

    fn walk(&self, walk: &mut Walk<'_>, raw: &RawTokens, tokens: &[Token], depth: usize) {
        if depth > DEPTH {
            walk.found.unread.insert(raw.normal());
            return;
        }
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let method = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.is_punct('.'));
            match &token.kind {
                TokenKind::Group(_, inner) => self.walk(walk, raw, inner, depth + 1),
                TokenKind::Ident(name) if method => at += usize::from(ELSEWHERE.contains(&name.as_str())),
                TokenKind::Ident(_) => {
                    // `routes![…]`, also under a path: `rocket::routes![…]`.
                    let names = path_at(tokens, at);
                    at += 3 * names.len().saturating_sub(1);
                    match list_at(raw, tokens, at) {
                        Some(list) => {
                            walk.found.add(&self.list(walk.body, &list));
                            at += 2;
                        }
                        None => self.name(walk, &names, depth),
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// A variable, or a function whose routes these are.
    fn name(&self, walk: &mut Walk<'_>, names: &[Name], depth: usize) {
        if let [only] = names {
            if let Some(variable) = walk.body.variables.get(only) {
                if walk.variables.insert(only.clone()) {
                    for value in &variable.values {
                        self.walk(walk, value, &value.lex(), depth + 1);
                    }
                }
                if !walk.body.params.contains(only) {
                    return;
                }
            }
            if walk.body.params.contains(only) {
                walk.found.unread.insert(only.to_string());
                return;
            }
        }
        match self.resolve(walk.body, names) {
            Target::Function(path) => {
                let routes = self.function(&path, walk.calls + 1);
                walk.found.add(&routes);
            }
            Target::Rocket(path) => {
                walk.found.seen = true;
                if path.ends_with("Route::new") || path.ends_with("Route::ranked") {
                    walk.found.unread.insert(names.join("::"));
                }
            }
            Target::Else => {}
        }
    }

    /// What a function returns.
    fn function(&self, path: &str, calls: usize) -> Routes {
        if let Some(known) = self.known.borrow().get(path) {
            return known.clone();
        }
        if calls > CALLS {
            return Routes { unread: BTreeSet::from([path.to_owned()]), ..Routes::default() };
        }
        // A function that calls itself adds nothing by that.
        self.known.borrow_mut().insert(path.to_owned(), Routes::default());
        let mut routes = Routes::default();
        for at in self.by_path.get(path).into_iter().flatten() {
            let Some(body) = self.bodies.get(*at) else { continue };
            for raw in body.returned() {
                routes.add(&self.evaluate(body, &raw, calls));
            }
        }
        self.known.borrow_mut().insert(path.to_owned(), routes.clone());
        routes
    }

    fn list(&self, body: &Body<'_>, list: &RawTokens) -> Routes {
        let mut routes = Routes { seen: true, ..Routes::default() };
        for part in list.parts() {
            let part = without_key(part);
            let names = part.path().map(|path| path.segments.iter().map(|s| s.name.clone()).collect::<Vec<_>>());
            match names.map(|names| self.resolve(body, &names)) {
                Some(Target::Function(path)) => routes.handlers.insert(path),
                _ => routes.unread.insert(part.normal()),
            };
        }
        routes
    }

    fn resolve(&self, body: &Body<'_>, names: &[Name]) -> Target {
        if let [first, member] = names
            && first == "Self"
            && let Some((owner, _)) = body.site.path.rsplit_once("::")
        {
            return Target::Function(format!("{owner}::{member}"));
        }
        let segment = |name: &Name| Segment { name: name.clone(), args: Vec::new(), call: None };
        let path = Path { global: false, segments: names.iter().map(segment).collect() };
        match self.crates.resolve(body.site.module, &path, Namespace::Value) {
            Resolved::Def(def) => match self.crates.def(def) {
                Some(found) if matches!(found.item.kind, ItemKind::Fn(_)) => Target::Function(found.path.to_owned()),
                _ => Target::Else,
            },
            Resolved::Member(def, name) => match self.crates.def(def) {
                Some(found) => Target::Function(format!("{}::{name}", found.path)),
                None => Target::Else,
            },
            Resolved::Foreign(path) if path.starts_with("rocket") => Target::Rocket(path),
            _ => Target::Else,
        }
    }
}

/// What a path in a body names.
enum Target {
    Function(String),
    Rocket(String),
    Else,
}

/// What stands in the `routes![…]` that begins at `at`.
fn list_at(raw: &RawTokens, tokens: &[Token], at: usize) -> Option<RawTokens> {
    let name = tokens.get(at)?.ident()?;
    let (bang, group) = (tokens.get(at + 1)?, tokens.get(at + 2)?);
    let lists = matches!(name.as_str(), "routes" | "openapi_routes")
        || name.starts_with("openapi_get_routes")
        || name.starts_with("routes_with");
    let TokenKind::Group(..) = &group.kind else { return None };
    (lists && bang.is_punct('!')).then(|| raw.slice(group.start + 1, group.end.saturating_sub(1)))
}

/// The names of the path that begins at `at`, without generic arguments.
fn path_at(tokens: &[Token], at: usize) -> Vec<Name> {
    let mut names: Vec<Name> = tokens.get(at).and_then(Token::ident).cloned().into_iter().collect();
    let mut at = at + 1;
    while let (Some(first), Some(second), Some(name)) =
        (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2).and_then(Token::ident))
        && first.is_punct(':')
        && second.is_punct(':')
    {
        names.push(name.clone());
        at += 3;
    }
    names
}

/// `settings: a` is `a`.
fn without_key(part: RawTokens) -> RawTokens {
    let tokens = part.lex();
    match tokens.as_slice() {
        [key, colon, rest @ ..]
            if key.ident().is_some()
                && colon.is_punct(':')
                && !rest.first().is_some_and(|token| token.is_punct(':')) =>
        {
            slice(&part, rest).unwrap_or(part)
        }
        _ => part,
    }
}
