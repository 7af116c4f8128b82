//! What expressions that build routers stand for.

use super::expression::{Closure, Pattern};
use super::extracts::Extracts;
use crate::extract::crates::{DefId, Scope, Ty};
use crate::extract::framework::template::{self, Spelling};
use crate::model::{Condition, MethodSet, Part, PathTemplate, Place, Prefix, Segment};
use crate::syntax::facts::{Item, Name, Type};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Stands for text that is not known inside a text.
pub(super) const HOLE: char = '\u{1}';

/// Whose router it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Axum,
    Actix,
    Salvo,
    Poem,
    Rocket,
    Warp,
    Dropshot,
}

impl Kind {
    /// The id of the framework's row.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Axum => "axum",
            Self::Actix => "actix-web",
            Self::Salvo => "salvo",
            Self::Poem => "poem",
            Self::Rocket => "rocket",
            Self::Warp => "warp",
            Self::Dropshot => "dropshot",
        }
    }

    /// The kind that a crate's routers are of.
    pub(super) fn of_crate(name: &str) -> Option<Self> {
        Some(match name {
            "axum" | "axum_extra" | "aide" | "utoipa_axum" => Self::Axum,
            "actix_web" | "apistos" | "paperclip" | "utoipa_actix_web" => Self::Actix,
            "salvo" | "salvo_core" => Self::Salvo,
            "poem" | "poem_openapi" => Self::Poem,
            "rocket" => Self::Rocket,
            "warp" => Self::Warp,
            "dropshot" => Self::Dropshot,
            _ => return None,
        })
    }

    fn spelling(self) -> Spelling {
        match self {
            Self::Actix => Spelling::Actix,
            Self::Poem => Spelling::Poem,
            Self::Rocket => Spelling::Rocket,
            Self::Dropshot => Spelling::Dropshot,
            Self::Axum | Self::Salvo | Self::Warp => Spelling::Axum,
        }
    }

    /// The template of a text, holes and all.
    pub(super) fn path(self, text: &str) -> PathTemplate {
        let text = match self {
            Self::Salvo => braced(text).replace("{**", "{*").replace("{*+", "{*").replace("{*?", "{*"),
            Self::Axum | Self::Actix | Self::Poem | Self::Rocket | Self::Warp | Self::Dropshot => text.to_owned(),
        };
        let (known, text) = match text.strip_prefix(HOLE) {
            Some(rest) => (Prefix::Unknown, rest.to_owned()),
            None => (Prefix::Known, text),
        };
        let mut path = template::parse(&text, self.spelling());
        path.prefix = known;
        if text.contains(HOLE) {
            path.segments = path.segments.into_iter().map(|Segment(parts)| Segment(holes(parts))).collect();
        }
        if self == Self::Salvo {
            path.trailing_slash = false;
        }
        path
    }

    /// `inner` mounted under `outer`.
    pub(super) fn under(self, outer: &PathTemplate, inner: &PathTemplate) -> PathTemplate {
        let mut path = template::join(outer, inner);
        if self != Self::Actix && inner.segments.is_empty() && !outer.segments.is_empty() {
            path.trailing_slash = false;
        }
        path
    }
}

/// salvo's `<id:num>` of old, and `{id|\d+}`, in the braces and with the colon of the other frameworks.
fn braced(text: &str) -> String {
    let old = text.contains('<') && !text.contains('{');
    let (mut out, mut inside, mut colon) = (String::with_capacity(text.len()), 0_usize, false);
    for c in text.chars() {
        let c = match c {
            '<' if old && inside == 0 => '{',
            '>' if old && inside == 1 => '}',
            '|' if inside == 1 && !colon => ':',
            c => c,
        };
        match c {
            '{' => inside += 1,
            '}' => inside = inside.saturating_sub(1),
            _ => {}
        }
        colon = inside > 0 && (colon || c == ':');
        out.push(c);
    }
    out
}

fn holes(parts: Vec<Part>) -> Vec<Part> {
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Literal(text) if text.contains(HOLE) => {
                for (n, piece) in text.split(HOLE).enumerate() {
                    if n > 0 {
                        out.push(Part::Unknown);
                    }
                    if !piece.is_empty() {
                        out.push(Part::Literal(piece.to_owned()));
                    }
                }
            }
            part => out.push(part),
        }
    }
    out
}

/// The empty path.
pub(in crate::extract::framework) fn root() -> PathTemplate {
    PathTemplate { prefix: Prefix::Known, segments: Vec::new(), trailing_slash: false }
}

/// A function of this side that an expression names.
#[derive(Clone, Debug)]
pub(super) struct Named<'a> {
    pub(super) item: &'a Item,
    pub(super) scope: Scope,
    /// Canonical path.
    pub(super) path: String,
    /// Conditions of its modules and its own.
    pub(super) condition: Condition,
}

/// What answers a route.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    /// Canonical path; of a closure the path of the function around it.
    pub(super) path: String,
    /// The function, where it is at hand.
    pub(super) function: Option<Named<'a>>,
    /// It may read what its signature does not show: a service, or a closure with arguments.
    pub(super) reads: bool,
    /// The closure, where it is one.
    pub(super) closure: Option<Answering<'a>>,
    /// Answers that the router states beside it: aide's `response::<404, T>()`.
    pub(super) answers: Vec<(u16, Ty)>,
}

/// A type with what its names mean.
pub(in crate::extract::framework) type Scoped = (Type, Scope);

/// A closure that answers a route.
#[derive(Clone, Debug)]
pub(in crate::extract::framework) struct Answering<'a> {
    /// The function that it stands in.
    pub(in crate::extract::framework) item: &'a Item,
    pub(in crate::extract::framework) scope: Scope,
    /// What each parameter binds, where that is one name, and its type, where it is known.
    pub(in crate::extract::framework) params: Vec<(Option<Name>, Option<Scoped>)>,
    /// What it does.
    pub(in crate::extract::framework) closure: Rc<Closure>,
    /// `use` in that function.
    pub(in crate::extract::framework) uses: BTreeMap<Name, Vec<Name>>,
    /// The function that it calls for its answer.
    pub(super) through: Option<Named<'a>>,
}

/// One route.
#[derive(Clone, Debug)]
pub(super) struct Route<'a> {
    pub(super) kind: Kind,
    /// None: whatever the attributes on the target say, below `path`.
    pub(super) methods: Vec<MethodSet>,
    pub(super) path: PathTemplate,
    pub(super) target: Target<'a>,
    pub(super) condition: Condition,
    pub(super) place: Place,
    /// Which server of its package serves it.
    pub(super) server: usize,
    /// What warp's filters take out of a request.
    pub(super) extracts: Extracts,
}

impl Route<'_> {
    fn same(&self, other: &Self) -> bool {
        self.methods == other.methods
            && self.path == other.path
            && self.target.path == other.target.path
            && self.condition == other.condition
            && self.place == other.place
    }
}

/// A router, scope or resource while it is built.
#[derive(Clone, Debug)]
pub(super) struct Router<'a> {
    pub(super) kind: Kind,
    /// Its own paths: several for an actix-web resource with several.
    pub(super) bases: Vec<PathTemplate>,
    /// Methods that its guards let through; `None` is all.
    pub(super) verbs: Option<Vec<MethodSet>>,
    /// Its routes, without its own path.
    pub(super) routes: Vec<Route<'a>>,
    /// Where it was made.
    pub(super) origin: Origin,
}

/// Where a router was made and whether something serves it: this tells the servers of one package apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// Canonical path of the function; empty where it is not known.
    pub(super) function: String,
    /// The variable that held it first.
    pub(super) variable: Option<Name>,
    /// A server was handed it.
    pub(super) served: bool,
}

impl<'a> Router<'a> {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, bases: vec![root()], verbs: None, routes: Vec::new(), origin: Origin::default() }
    }

    pub(super) fn at(kind: Kind, bases: Vec<PathTemplate>) -> Self {
        let plain = |path: PathTemplate| PathTemplate { trailing_slash: false, ..path };
        Self { bases: bases.into_iter().map(plain).collect(), ..Self::new(kind) }
    }

    /// The same, made in this function.
    pub(super) fn made_in(mut self, function: &str) -> Self {
        function.clone_into(&mut self.origin.function);
        self
    }

    /// Its routes with its own path before them.
    pub(super) fn all(self) -> Vec<Route<'a>> {
        if let [only] = self.bases.as_slice()
            && *only == root()
        {
            return self.routes;
        }
        let mut out = Vec::new();
        for base in &self.bases {
            for route in &self.routes {
                out.push(Route { path: self.kind.under(base, &route.path), ..route.clone() });
            }
        }
        out
    }
}

/// One method of a `MethodRouter`.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) methods: Vec<MethodSet>,
    pub(super) target: Target<'a>,
    pub(super) condition: Condition,
}

/// A closure with what it sees.
#[derive(Clone, Debug)]
pub(super) struct Captured<'a> {
    pub(super) closure: Rc<Closure>,
    pub(super) variables: Variables<'a>,
    /// What names mean where it stands.
    pub(super) scope: Scope,
    /// Canonical path of the function that it stands in.
    pub(super) path: String,
    /// That function.
    pub(super) item: Option<&'a Item>,
    /// `use` in that function.
    pub(super) uses: BTreeMap<Name, Vec<Name>>,
    /// What `use …::*` opens in that function.
    pub(super) globs: Vec<Vec<Name>>,
}

impl Captured<'_> {
    /// Is it the name of one of its parameters?
    pub(super) fn binds(&self, name: &Name) -> bool {
        self.closure.params.iter().any(|param| matches!(param, Pattern::Name(own) if own == name))
    }
}

/// Variables of a body.
pub(super) type Variables<'a> = BTreeMap<Name, Variable<'a>>;

/// One variable.
#[derive(Clone, Debug)]
pub(super) struct Variable<'a> {
    pub(super) value: Value<'a>,
    /// Its value went somewhere.
    pub(super) used: bool,
}

/// What an expression stands for.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    /// Nothing that counts.
    Unknown,
    /// Text; a [`HOLE`] for each part that is not known.
    Text(String),
    /// A router.
    Router(Box<Router<'a>>),
    /// `get(h).post(h2)`
    Methods(Kind, Vec<Entry<'a>>),
    /// actix-web's `web::get()` before its handler is known.
    Verbs(Vec<MethodSet>),
    /// A function.
    Function(Box<Named<'a>>),
    /// A closure.
    Closure(Box<Captured<'a>>),
    /// A tuple, an array, a `Vec`.
    List(Vec<Value<'a>>),
    /// Something of this type.
    Of(Ty),
    /// A struct of this side, by its fields.
    Struct(Ty, BTreeMap<Name, Value<'a>>),
    /// A variant without payload.
    Variant(DefId, Name),
    /// Any other item of another crate, by its last segment.
    Word(Name),
}

impl<'a> Value<'a> {
    pub(super) fn router(router: Router<'a>) -> Self {
        Self::Router(Box::new(router))
    }

    /// What a list holds; anything else by itself.
    pub(super) fn items(self) -> Vec<Value<'a>> {
        match self {
            Self::List(items) => items,
            value => vec![value],
        }
    }

    /// The routers in it, taken out.
    pub(super) fn routers(self) -> Vec<Router<'a>> {
        match self {
            Self::Router(router) => vec![*router],
            Self::List(items) => items.into_iter().flat_map(Self::routers).collect(),
            Self::Struct(_, fields) => fields.into_values().flat_map(Self::routers).collect(),
            _ => Vec::new(),
        }
    }

    /// Is it a router?
    pub(super) fn is_router(&self) -> bool {
        matches!(self, Self::Router(_))
    }

    /// A list of routers as one router that serves what they serve.
    pub(super) fn together(self) -> Self {
        match self {
            Self::List(items) if !items.is_empty() && items.iter().all(Self::is_router) => {
                let mut routers = items.into_iter().flat_map(Self::routers);
                let Some(first) = routers.next() else { return Self::Unknown };
                let (kind, origin) = (first.kind, first.origin.clone());
                let routes = first.all().into_iter().chain(routers.flat_map(Router::all)).collect();
                Self::router(Router { routes, origin, ..Router::new(kind) })
            }
            value => value,
        }
    }

    /// The routers in it, which a server is handed.
    pub(super) fn served(self) -> Vec<Router<'a>> {
        let mut routers = self.routers();
        for router in &mut routers {
            router.origin.served = true;
        }
        routers
    }

    /// Is it the same router, list or struct with more in it?
    pub(super) fn grew_from(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Router(now), Self::Router(was)) => now.kind == was.kind && now.routes.len() > was.routes.len(),
            (Self::List(now), Self::List(was)) => now.len() > was.len(),
            (Self::Struct(_, now), Self::Struct(_, was)) => {
                now.iter().any(|(name, now)| was.get(name).is_none_or(|was| now.grew_from(was)))
            }
            (Self::Struct(..), Self::Of(_)) => true,
            _ => false,
        }
    }

    /// Does it hold a router?
    pub(super) fn holds_router(&self) -> bool {
        match self {
            Self::Router(_) => true,
            Self::List(items) => items.iter().any(Self::holds_router),
            Self::Struct(_, fields) => fields.values().any(Self::holds_router),
            _ => false,
        }
    }

    /// Either of two values, each under its condition.
    pub(super) fn either(first: (Self, &Condition), second: (Self, &Condition)) -> Self {
        match (first, second) {
            ((Self::Router(a), on), (Self::Router(b), off)) => {
                let (mut first, mut second) = (a.routes, b.routes);
                known_prefix(&mut first, &mut second);
                let routes = either(first, on, second, off, Route::same, |route, condition| {
                    route.condition = std::mem::take(&mut route.condition).and(condition.clone());
                });
                Self::router(Router { routes, ..*a })
            }
            ((Self::Methods(kind, a), on), (Self::Methods(_, b), off)) => {
                let same = |a: &Entry<'a>, b: &Entry<'a>| {
                    a.methods == b.methods && a.target.path == b.target.path && a.condition == b.condition
                };
                let entries = either(a, on, b, off, same, |entry, condition| {
                    entry.condition = std::mem::take(&mut entry.condition).and(condition.clone());
                });
                Self::Methods(kind, entries)
            }
            ((router @ Self::Router(_), on), (list @ Self::List(_), off)) if list.holds_router() => {
                match list.together() {
                    Self::List(items) => Self::List(std::iter::once(router).chain(items).collect()),
                    other => Self::either((router, on), (other, off)),
                }
            }
            ((router @ Self::Router(_), on), (_, off)) => {
                let kind = if let Self::Router(router) = &router { router.kind } else { Kind::Axum };
                Self::either((router, on), (Self::router(Router::new(kind)), off))
            }
            ((first, on), (router @ Self::Router(_), off)) => Self::either((router, off), (first, on)),
            ((Self::Text(a), _), (Self::Text(b), _)) if a != b => Self::Text(HOLE.to_string()),
            ((Self::List(a), on), (Self::List(b), off)) => {
                let both = a.len().max(b.len());
                let (mut a, mut b) = (a.into_iter(), b.into_iter());
                let mut next = || {
                    let (first, second) = (a.next().unwrap_or(Self::Unknown), b.next().unwrap_or(Self::Unknown));
                    Self::either((first, on), (second, off))
                };
                Self::List((0..both).map(|_| next()).collect())
            }
            ((Self::Struct(ty, a), on), (Self::Struct(_, mut b), off)) => {
                let both = a.into_iter().map(|(name, first)| {
                    let second = b.remove(&name).unwrap_or(Self::Unknown);
                    (name, Self::either((first, on), (second, off)))
                });
                let both = both.collect();
                Self::Struct(ty, both)
            }
            ((Self::Unknown, _), (value, _)) | ((value, _), _) => value,
        }
    }
}

/// One branch mounts a route below a base known only at run time, the other as it is: the path that is known stands for
/// both, and the base is a blind spot already.
fn known_prefix(first: &mut [Route<'_>], second: &mut [Route<'_>]) {
    settle_prefix(first, second);
    settle_prefix(second, first);
}

fn settle_prefix(routes: &mut [Route<'_>], known: &[Route<'_>]) {
    let bare = |path: &PathTemplate| PathTemplate { trailing_slash: false, prefix: Prefix::Known, ..path.clone() };
    for route in routes.iter_mut().filter(|route| route.path.prefix == Prefix::Unknown) {
        let path = bare(&route.path);
        let fits = |other: &&Route<'_>| {
            other.path.prefix == Prefix::Known
                && bare(&other.path) == path
                && other.methods == route.methods
                && other.target.path == route.target.path
                && other.place == route.place
        };
        if let Some(other) = known.iter().find(fits) {
            route.path.clone_from(&other.path);
            route.condition.clone_from(&other.condition);
        }
    }
}

/// What both lists hold, then what only one holds under its condition.
fn either<T>(
    first: Vec<T>,
    on: &Condition,
    mut second: Vec<T>,
    off: &Condition,
    same: impl Fn(&T, &T) -> bool,
    narrow: impl Fn(&mut T, &Condition),
) -> Vec<T> {
    let mut out = Vec::with_capacity(first.len());
    for mut item in first {
        match second.iter().position(|other| same(&item, other)) {
            Some(at) => {
                second.remove(at);
            }
            None => narrow(&mut item, on),
        }
        out.push(item);
    }
    for mut item in second {
        narrow(&mut item, off);
        out.push(item);
    }
    out
}
