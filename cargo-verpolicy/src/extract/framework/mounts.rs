//! Where handlers are mounted: `web::scope("/x").service(handler)`, `.mount("/x", routes![handler])`,
//! `.nest("/x", router())`, `#[scope("/x")] mod …`. Only what stands literally in kept bodies is followed; a prefix that
//! could not be read makes the path's beginning unknown.

use super::published::function;
use super::template::{Spelling, join, parse, unknown};
use super::variables::{let_head, lets, mounted_names, variable};
use super::{Reading, Served, Site};
use crate::model::{BlindSpot, BlindSpotKind, Condition, PathTemplate, Prefix};
use crate::syntax::facts::{ItemKind, Name, Path, RawTokens, Segment};
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind};
use std::collections::{BTreeMap, BTreeSet};

/// Routers nested in routers deeper than this have an unknown prefix.
const DEPTH: usize = 32;

/// One handler or function that a body hands to a router, below a prefix of that body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mounted {
    prefix: PathTemplate,
    target: Path2,
}

/// A path as written, ordered.
type Path2 = (bool, Vec<String>);

/// Puts the prefixes before the paths of actix-web's, poem's and utoipa's handlers.
pub(super) fn apply(reading: &mut Reading<'_, '_>, sites: &[Site<'_>]) {
    if !reading.served.iter().any(is_mounted) {
        return;
    }
    let registrations = registrations(reading, sites);
    let scopes = scopes(reading, sites);
    if registrations.is_empty() && scopes.is_empty() {
        return;
    }
    let mut known = BTreeMap::new();
    let mut out = Vec::with_capacity(reading.served.len());
    for served in std::mem::take(reading.served) {
        if !is_mounted(&served) {
            out.push(served);
            continue;
        }
        let owner = if served.framework == "poem-openapi" {
            served.handler.rsplit_once("::").map_or(served.handler.as_str(), |(owner, _)| owner)
        } else {
            served.handler.as_str()
        };
        let prefixes = prefixes(owner, &registrations, &mut known, 0);
        let scope = scopes.iter().find(|(module, _)| {
            served.handler.strip_prefix(module.as_str()).is_some_and(|rest| rest.starts_with("::"))
        });
        let inner = match scope {
            Some((_, prefix)) => join(prefix, &served.path),
            None => served.path.clone(),
        };
        for prefix in prefixes {
            let path = join(&prefix, &inner);
            if path.prefix == Prefix::Unknown && served.path.prefix == Prefix::Known {
                reading.blind_spots.push(unknown_prefix(&served));
            }
            out.push(Served { path, ..served.clone() });
        }
    }
    *reading.served = out;
}

/// Is it of a framework whose routes are mounted by others?
fn is_mounted(served: &Served) -> bool {
    matches!(served.framework, "actix-web" | "utoipa" | "poem-openapi")
}

fn unknown_prefix(served: &Served) -> BlindSpot {
    BlindSpot {
        kind: BlindSpotKind::UnknownPrefix,
        place: Some(served.place.clone()),
        detail: format!("`{}` is mounted under a prefix that could not be read", served.handler),
        hides: None,
    }
}

/// All prefixes of a handler or function: those of the functions that mount it, each with its own; one empty prefix where
/// nothing mounts it.
fn prefixes(
    name: &str,
    registrations: &BTreeMap<String, BTreeSet<(String, PathTemplate)>>,
    known: &mut BTreeMap<String, BTreeSet<PathTemplate>>,
    depth: usize,
) -> BTreeSet<PathTemplate> {
    if let Some(found) = known.get(name) {
        return found.clone();
    }
    let Some(mounts) = registrations.get(name) else { return BTreeSet::from([root()]) };
    if depth > DEPTH {
        return BTreeSet::from([unknown()]);
    }
    // A router that mounts itself ends here.
    known.insert(name.to_owned(), BTreeSet::from([unknown()]));
    let mut all = BTreeSet::new();
    for (by, prefix) in mounts {
        for outer in prefixes(by, registrations, known, depth + 1) {
            all.insert(join(&outer, prefix));
        }
    }
    known.insert(name.to_owned(), all.clone());
    all
}

fn root() -> PathTemplate {
    PathTemplate { prefix: Prefix::Known, segments: Vec::new(), trailing_slash: false }
}

/// The words by which a body mounts something; one without them is not looked at.
const WORDS: &[&str] = &["service", "configure", "merge", "mount", "nest", "scope", "routes", "OpenApiService"];

/// Handler or function → who mounts it, and below which prefix. Bodies under `cfg(test)` mount nothing.
fn registrations(reading: &Reading<'_, '_>, sites: &[Site<'_>]) -> BTreeMap<String, BTreeSet<(String, PathTemplate)>> {
    let mut all: BTreeMap<String, BTreeSet<(String, PathTemplate)>> = BTreeMap::new();
    for site in sites {
        let ItemKind::Fn(found) = &site.item.kind else { continue };
        let Some(body) = &found.body else { continue };
        if only_in_tests(site.condition) || !WORDS.iter().any(|word| body.text.contains(word)) {
            continue;
        }
        let tokens = body.lex();
        let mut scan =
            Scan { reading, site, raw: body, found: Vec::new(), lets: BTreeMap::new(), values: BTreeMap::new() };
        lets(&tokens, 0, &mut scan.lets);
        scan.values.clone_from(&scan.lets);
        let mounted = mounted_names(&tokens, &scan.lets, 0);
        scan.lets.retain(|name, _| mounted.contains(name));
        scan.sequence(&tokens, &root(), 0);
        for mounted in scan.found {
            let path = path_of(&mounted.target);
            let target = function(reading.crates, site.module, &path)
                .or_else(|| super::poem_openapi::type_path(reading.crates, site.module, &path));
            if let Some(target) = target
                && target != site.path
            {
                all.entry(target).or_default().insert((site.path.to_owned(), mounted.prefix));
            }
        }
    }
    all
}

fn only_in_tests(condition: &Condition) -> bool {
    match condition {
        Condition::Flag(name) => name == "test",
        Condition::All(all) => all.iter().any(only_in_tests),
        _ => false,
    }
}

fn path_of(path: &Path2) -> Path {
    let segments = path.1.iter().map(|name| Segment { name: name.as_str().into(), args: Vec::new(), call: None });
    Path { global: path.0, segments: segments.collect() }
}

/// Inline modules under actix-web's `#[scope("/x")]`, innermost first.
fn scopes(reading: &Reading<'_, '_>, sites: &[Site<'_>]) -> Vec<(String, PathTemplate)> {
    let mut own: Vec<(String, PathTemplate)> = Vec::new();
    for site in sites {
        let ItemKind::Mod { items: Some(_), .. } = &site.item.kind else { continue };
        for attr in &site.item.attrs {
            let named =
                super::attribute::is_macro(reading.crates, site.module, attr, &["actix_web", "actix_web_codegen"]);
            if named.as_deref() != Some("scope") {
                continue;
            }
            let prefix = super::attribute::args(attr).and_then(RawTokens::string);
            own.push((site.path.to_owned(), prefix.map_or_else(unknown, |text| parse(&text, Spelling::Actix))));
        }
    }
    let whole = own.iter().map(|(module, prefix)| {
        let outer = own
            .iter()
            .filter(|(other, _)| module.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with("::")));
        let mut outer: Vec<_> = outer.collect();
        outer.sort_by_key(|(other, _)| std::cmp::Reverse(other.len()));
        let joined = outer.into_iter().fold(prefix.clone(), |inner, (_, outer)| join(outer, &inner));
        (module.clone(), joined)
    });
    let mut whole: Vec<_> = whole.collect();
    whole.sort_by_key(|(module, _)| std::cmp::Reverse(module.len()));
    whole
}

/// One body while it is scanned.
struct Scan<'r, 'a, 'b> {
    reading: &'r Reading<'a, 'b>,
    site: &'r Site<'r>,
    raw: &'r RawTokens,
    found: Vec<Mounted>,
    /// Variables that are mounted in this body: what they are is read where they are mounted.
    lets: BTreeMap<Name, &'r [Token]>,
    /// All variables of the body.
    values: BTreeMap<Name, &'r [Token]>,
}

impl Scan<'_, '_, '_> {
    /// Tokens of one level. A `scope("/x")` holds for what follows it up to the next `,` or `;`.
    fn sequence(&mut self, tokens: &[Token], outer: &PathTemplate, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let mut prefix = outer.clone();
        let mut skip = false;
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            if token.is_punct(';') {
                skip = false;
            } else if token.is_ident("let") {
                let head = let_head(tokens.get(at + 1..).unwrap_or_default());
                skip = head.is_some_and(|(name, _)| self.lets.contains_key(&name));
            }
            if skip {
                continue;
            }
            let dotted = before.is_some_and(|token| token.is_punct('.'));
            let next = tokens.get(at + 1);
            match &token.kind {
                TokenKind::Punct(',' | ';', _) => prefix = outer.clone(),
                TokenKind::Group(_, inner) => {
                    let word = before.and_then(Token::ident).map(|name| name.as_str());
                    let dotted = at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|t| t.is_punct('.'));
                    match (word, dotted) {
                        (Some("service" | "configure" | "merge"), true) => self.argument(inner, &prefix, depth),
                        (Some("mount" | "nest" | "nest_service"), true) => self.mount(inner, &prefix, depth),
                        (Some("scope"), _) => {}
                        (Some("new"), false) if is_service(tokens, at) => self.services(inner, &prefix),
                        _ => self.sequence(inner, &prefix, depth + 1),
                    }
                }
                TokenKind::Ident(name) if name == "scope" && !dotted && !next.is_some_and(|t| t.is_punct('.')) => {
                    if let Some(Token { kind: TokenKind::Group(Delimiter::Paren, inner), .. }) = next {
                        prefix = join(outer, &self.text(inner, Spelling::Actix));
                    }
                }
                TokenKind::Ident(name) if name == "routes" => self.routes(tokens, at, &prefix),
                // `scope.service(b)`: a variable that holds a scope, and is handed more.
                TokenKind::Ident(name) if !dotted && next.is_some_and(|token| token.is_punct('.')) => {
                    if let Some(inner) = self.scope_in(name, 0) {
                        // Where a variable is mounted that also stands alone elsewhere is not followed.
                        let base = if self.lets.contains_key(name) { unknown() } else { outer.clone() };
                        prefix = join(&base, &inner);
                    }
                }
                _ => {}
            }
        }
    }

    /// The prefix of the `scope("/x")` that a variable holds.
    fn scope_in(&self, name: &Name, depth: usize) -> Option<PathTemplate> {
        let value = self.values.get(name)?;
        let head = value.iter().position(|token| matches!(token.kind, TokenKind::Group(..)))?;
        let word = head.checked_sub(1).and_then(|at| value.get(at))?;
        if word.is_ident("scope") {
            let Some(Token { kind: TokenKind::Group(_, inner), .. }) = value.get(head) else { return None };
            return Some(self.text(inner, Spelling::Actix));
        }
        let (first, next) = (value.first()?.ident()?, value.get(1)?);
        if !next.is_punct('.') {
            return None;
        }
        // `let scope = scope.service(a);` hides the scope that it began with.
        if first == name || depth > DEPTH { Some(unknown()) } else { self.scope_in(first, depth + 1) }
    }

    /// `routes![a, b]`, `routes!(a, b)`.
    fn routes(&mut self, tokens: &[Token], at: usize, prefix: &PathTemplate) {
        if let (Some(bang), Some(Token { kind: TokenKind::Group(..), start, end, .. })) =
            (tokens.get(at + 1), tokens.get(at + 2))
            && bang.is_punct('!')
        {
            let list = self.raw.slice(start + 1, end.saturating_sub(1));
            for part in list.parts() {
                self.target(part.path().as_ref(), prefix);
            }
        }
    }

    /// What a router is handed: a handler, a function that builds more, or an expression that holds some.
    fn argument(&mut self, tokens: &[Token], prefix: &PathTemplate, depth: usize) {
        if let Some(name) = variable(tokens)
            && let Some(value) = self.lets.get(&name).copied()
        {
            return self.sequence(value, prefix, depth + 1);
        }
        match self.slice(tokens).and_then(|raw| called(&raw)) {
            Some(path) => self.target(Some(&path), prefix),
            None => self.sequence(tokens, prefix, depth + 1),
        }
    }

    /// `("/x", router)`.
    fn mount(&mut self, tokens: &[Token], outer: &PathTemplate, depth: usize) {
        let Some(comma) = tokens.iter().position(|token| token.is_punct(',')) else { return };
        let (base, rest) = tokens.split_at(comma);
        let prefix = join(outer, &self.text(base, Spelling::Axum));
        self.argument(rest.get(1..).unwrap_or_default(), &prefix, depth);
    }

    /// The types that `OpenApiService::new(Api, …)` or `OpenApiService::new((A, B::new()), …)` serves.
    fn services(&mut self, tokens: &[Token], prefix: &PathTemplate) {
        let comma = tokens.iter().position(|token| token.is_punct(',')).unwrap_or(tokens.len());
        let Some(raw) = self.slice(tokens.get(..comma).unwrap_or_default()) else { return };
        let rows = super::attribute::inside(&raw).map_or_else(|| vec![raw], |list| list.parts());
        for row in rows {
            let tokens = row.lex();
            let mut names = Cursor::new(&row, &tokens).simple_path();
            let lower = |name: &Name| name.chars().next().is_some_and(char::is_lowercase);
            if names.len() > 1 && names.last().is_some_and(lower) {
                names.pop();
            }
            let segments = names.into_iter().map(|name| Segment { name, args: Vec::new(), call: None }).collect();
            self.target(Some(&Path { global: false, segments }), prefix);
        }
    }

    fn target(&mut self, path: Option<&Path>, prefix: &PathTemplate) {
        if let Some(path) = path {
            let names = path.segments.iter().map(|segment| segment.name.to_string()).collect();
            self.found.push(Mounted { prefix: prefix.clone(), target: (path.global, names) });
        }
    }

    fn text(&self, tokens: &[Token], spelling: Spelling) -> PathTemplate {
        let Some(raw) = self.slice(tokens) else { return root() };
        let text = raw.string().or_else(|| self.reading.crates.text_value(self.site.scope, &raw));
        match text {
            Some(text) => PathTemplate { trailing_slash: false, ..parse(&text, spelling) },
            None => unknown(),
        }
    }

    fn slice(&self, tokens: &[Token]) -> Option<RawTokens> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(self.raw.slice(first.start, last.end))
    }
}

/// Is the group at `at` that of `OpenApiService::new(…)`?
fn is_service(tokens: &[Token], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
    back(2).is_some_and(|token| token.is_punct(':')) && back(4).is_some_and(|token| token.is_ident("OpenApiService"))
}

/// The path of `a::b`, or of a call `a::b(…)` of a function that returns a router.
fn called(raw: &RawTokens) -> Option<Path> {
    if let Some(path) = raw.path() {
        return Some(path);
    }
    let tokens = raw.lex();
    let mut cursor = Cursor::new(raw, &tokens);
    let global = cursor.peeks("::");
    let names = cursor.simple_path();
    cursor.group(Delimiter::Paren)?;
    let bare = cursor.is_empty() || cursor.eat("?") || cursor.eat(",");
    if names.is_empty() || !bare || names.last().is_some_and(|name| name == "scope" || name == "new") {
        return None;
    }
    let segments = names.into_iter().map(|name| Segment { name, args: Vec::new(), call: None }).collect();
    Some(Path { global, segments })
}

/// The paths in all calls of the macro `name` in a body.
pub(super) fn macro_paths(body: &RawTokens, name: &str) -> Vec<Path> {
    let mut found = Vec::new();
    if !body.text.contains(name) {
        return found;
    }
    collect(body, &body.lex(), name, 0, &mut found);
    found
}

fn collect(raw: &RawTokens, tokens: &[Token], name: &str, depth: usize, found: &mut Vec<Path>) {
    if depth > DEPTH {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Group(_, inner) = &token.kind else { continue };
        let word = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        if word(1).is_some_and(|token| token.is_punct('!')) && word(2).is_some_and(|token| token.is_ident(name)) {
            let list = raw.slice(token.start + 1, token.end.saturating_sub(1));
            found.extend(list.parts().iter().filter_map(RawTokens::path));
        } else {
            collect(raw, inner, name, depth + 1, found);
        }
    }
}
