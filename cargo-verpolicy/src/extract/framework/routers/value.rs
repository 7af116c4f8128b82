//! What expressions that build routers stand for.

use super::extracts::Extracts;
use super::kind::{HOLE, Kind, root};
use super::layers::{Layers, surround};
use super::places::Stand;
use crate::extract::crates::{DefId, Scope, Ty};
use crate::model::{Condition, MethodSet, Mount, PathTemplate, Place};
use crate::syntax::expression::{Closure, Expr, Pattern};
use crate::syntax::facts::{Item, Name, RawTokens, Type};
use crate::syntax::tokens::{Token, TokenKind};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

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
    pub(in crate::extract::framework) closure: Arc<Closure>,
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
    /// The layers around it.
    pub(super) layers: Layers,
}

impl Route<'_> {
    pub(super) fn same(&self, other: &Self) -> bool {
        self.methods == other.methods
            && self.path == other.path
            && self.target.path == other.target.path
            && self.condition == other.condition
            && (self.place == other.place || self.target.function.is_some() && other.target.function.is_some())
    }
}

/// A path at which a router stands, and when it does.
pub(super) type Base = (PathTemplate, Condition);

/// A router, scope or resource while it is built.
#[derive(Clone, Debug)]
pub(super) struct Router<'a> {
    pub(super) kind: Kind,
    /// Its own paths: several for an actix-web resource with several.
    pub(super) bases: Vec<Base>,
    /// Methods that its guards let through; `None` is all.
    pub(super) verbs: Option<Vec<MethodSet>>,
    /// Its routes, without its own path.
    pub(super) routes: Vec<Route<'a>>,
    /// The layers around all of them, also around those that it is still to get.
    pub(super) around: Layers,
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
    /// Nobody but a caller can take it up: a function that nothing calls hands it back.
    pub(super) handed_back: bool,
    /// Does something serve it?
    pub(super) mount: Mount,
}

impl<'a> Router<'a> {
    pub(super) fn new(kind: Kind) -> Self {
        let (routes, around, origin) = (Vec::new(), Layers::new(), Origin::default());
        Self { kind, bases: vec![(root(), Condition::Always)], verbs: None, routes, around, origin }
    }

    pub(super) fn at(kind: Kind, bases: Vec<Base>) -> Self {
        let plain = |(path, on): Base| (PathTemplate { trailing_slash: false, ..path }, on);
        Self { bases: bases.into_iter().map(plain).collect(), ..Self::new(kind) }
    }

    /// actix-web's resource at these paths: with a slash at the end it is another one.
    pub(super) fn resource(bases: Vec<Base>) -> Self {
        Self { bases, ..Self::new(Kind::Actix) }
    }

    /// The same, made in this function.
    pub(super) fn made_in(mut self, function: &str) -> Self {
        function.clone_into(&mut self.origin.function);
        self
    }

    /// Layers that stand around it from here on: in actix-web, salvo and Rocket around routes to come too.
    pub(super) fn surround(&mut self, layers: &Layers) {
        if matches!(self.kind, Kind::Actix | Kind::Salvo | Kind::Rocket) {
            surround(&mut self.around, layers);
        } else {
            self.routes.iter_mut().for_each(|route| surround(&mut route.layers, layers));
        }
    }

    /// Its routes with its own path before them.
    pub(super) fn all(mut self) -> Vec<Route<'a>> {
        for route in self.routes.iter_mut().filter(|_| !self.around.is_empty()) {
            surround(&mut route.layers, &self.around);
        }
        if let [(only, Condition::Always)] = self.bases.as_slice()
            && *only == root()
        {
            return self.routes;
        }
        let mut out = Vec::new();
        for (base, on) in &self.bases {
            for route in &self.routes {
                let mut path = self.kind.under(base, &route.path);
                path.trailing_slash |= base.trailing_slash && self.kind == Kind::Actix && route.path == root();
                let condition = route.condition.clone().and(on.clone());
                out.push(Route { path, condition, ..route.clone() });
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
    /// The layers around it.
    pub(super) layers: Layers,
}

/// A closure with what it sees.
#[derive(Clone, Debug)]
pub(super) struct Captured<'a> {
    pub(super) closure: Arc<Closure>,
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
    /// `macro_rules!` in that function.
    pub(super) macros: BTreeMap<Name, RawTokens>,
}

impl<'a> Captured<'a> {
    /// The routers that it hands the request on to: `router.oneshot(request)`.
    pub(super) fn routers(&self) -> Vec<Router<'a>> {
        let holding = self.variables.iter().filter(|(_, variable)| variable.value.holds_router());
        let holding: Vec<_> = holding.collect();
        if holding.is_empty() {
            return Vec::new();
        }
        let tokens = self.closure.raw.lex();
        if !["call", "oneshot"].iter().any(|method| names(&tokens, &Name::new(method))) {
            return Vec::new();
        }
        let named = holding.into_iter().filter(|(name, _)| names(&tokens, name) && !self.binds(name));
        named.flat_map(|(_, variable)| variable.value.clone().routers()).collect()
    }

    /// Is it the name of one of its parameters?
    pub(super) fn binds(&self, name: &Name) -> bool {
        self.closure.params.iter().any(|param| matches!(param, Pattern::Name(own) if own == name))
    }
}

/// Does the name stand among the tokens, or in a group of them?
fn names(tokens: &[Token], name: &Name) -> bool {
    tokens.iter().any(|token| match &token.kind {
        TokenKind::Group(_, inner) => names(inner, name),
        _ => token.ident().is_some_and(|found| found == name),
    })
}

/// Variables of a body.
pub(super) type Variables<'a> = BTreeMap<Name, Variable<'a>>;

/// One variable.
#[derive(Clone, Debug)]
pub(super) struct Variable<'a> {
    pub(super) value: Value<'a>,
    /// Its value went somewhere.
    pub(super) used: bool,
    /// What made it, where its value is not known.
    pub(super) made: Option<Rc<Expr>>,
    /// The place that it is a reference to.
    pub(super) leads: Option<Stand>,
    /// It is a reference by which what it refers to can change.
    pub(super) refers: bool,
}

/// No field has this name.
pub(super) const VARIANT: &str = "";

/// What an expression stands for.
#[derive(Clone, Debug, Default)]
pub(super) enum Value<'a> {
    /// Nothing that counts.
    #[default]
    Unknown,
    /// Text; a [`HOLE`] for each part that is not known.
    Text(String),
    /// One of several texts, each under its condition.
    OneOf(Vec<(String, Condition)>),
    /// A number.
    Number(i128),
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
    /// A struct of this side, by its fields; of an enum, [`VARIANT`] holds which variant it is.
    Struct(Ty, BTreeMap<Name, Value<'a>>),
    /// A variant without payload.
    Variant(DefId, Name),
    /// Any other item of another crate, by its last segment.
    Word(Name),
    /// One of several that are no texts: functions, or values of several types behind one trait; each under its condition.
    Choice(Vec<(Value<'a>, Condition)>),
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
            Self::Choice(ways) => {
                let under = |(value, on)| super::frame::under(value, &on).routers();
                ways.into_iter().flat_map(under).collect()
            }
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

    /// The same after code that was not read had it to change: text, words and variants in it are not known any more.
    pub(super) fn forgotten(self) -> Self {
        match self {
            Self::Text(_) | Self::OneOf(_) => Self::Text(HOLE.to_string()),
            Self::Word(_) | Self::Number(_) => Self::Unknown,
            Self::Variant(def, _) => Self::Of(Ty::Def(def, Vec::new())),
            Self::List(items) => Self::List(items.into_iter().map(Self::forgotten).collect()),
            Self::Struct(ty, fields) => {
                Self::Struct(ty, fields.into_iter().map(|(name, value)| (name, value.forgotten())).collect())
            }
            value => value,
        }
    }

    /// Is it `true`, or `false`?
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Text(text) if text == "true" => Some(true),
            Self::Text(text) if text == "false" => Some(false),
            _ => None,
        }
    }

    /// Does it hold a router?
    pub(super) fn holds_router(&self) -> bool {
        match self {
            Self::Router(_) => true,
            Self::List(items) => items.iter().any(Self::holds_router),
            Self::Struct(_, fields) => fields.values().any(Self::holds_router),
            Self::Choice(ways) => ways.iter().any(|(value, _)| value.holds_router()),
            _ => false,
        }
    }
}
