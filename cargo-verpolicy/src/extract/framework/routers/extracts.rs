//! What warp's filters take out of a request, in order: each value goes to the function that answers, by its place.

use super::value::Route;
use crate::extract::crates::{Crates, Ty};
use crate::extract::framework::draft::{self, Argument, Draft};
use crate::extract::framework::{Reading, answer};
use crate::model::{
    Default, Http, In, Media, Member, MethodSet, Names, Node, OpaqueReason, Parameter, Part, Presence, Reader, Shape,
};
use crate::syntax::facts::{ItemKind, Name};

/// What the routes of a filter take out of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Extracts {
    /// What is read, in order.
    pub(super) reads: Vec<Read>,
    /// The values that the next function is handed, each by what it was read from, if it was; `None` when not even
    /// their number is known.
    pub(super) values: Option<Vec<Option<usize>>>,
    /// It ends the path.
    pub(super) ends: bool,
}

/// One thing that is read.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) what: What,
    /// The name of a header or cookie; of others what the function calls it.
    pub(super) name: String,
    /// Its type, where it is known.
    pub(super) ty: Option<Ty>,
    /// The only value that is let through.
    pub(super) only: Option<String>,
    pub(super) optional: bool,
}

/// From where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Path,
    Query,
    Header,
    Cookie,
    Json,
    Form,
    Multipart,
    Bytes,
    /// It becomes a websocket.
    Upgrade,
    /// Something that could not be read.
    Unknown,
}

impl Read {
    pub(super) fn new(what: What, name: &str, ty: Option<Ty>) -> Self {
        Self { what, name: name.to_owned(), ty, only: None, optional: false }
    }
}

impl Extracts {
    /// Nothing is taken out.
    pub(super) fn none() -> Self {
        Self { values: Some(Vec::new()), ..Self::default() }
    }

    /// This is read, and handed on.
    pub(super) fn one(read: Read) -> Self {
        Self { reads: vec![read], values: Some(vec![Some(0)]), ends: false }
    }

    /// Does the next function get no value?
    pub(super) fn is_empty(&self) -> bool {
        self.values.as_ref().is_some_and(Vec::is_empty)
    }

    /// The values of the first, then those of the second.
    pub(super) fn then(&self, other: &Self) -> Self {
        let before = self.reads.len();
        let moved = |value: &Option<usize>| value.map(|at| at + before);
        let values = match (&self.values, &other.values) {
            (Some(first), Some(second)) => Some(first.iter().copied().chain(second.iter().map(moved)).collect()),
            _ => None,
        };
        let reads = self.reads.iter().chain(&other.reads).cloned().collect();
        Self { reads, values, ends: self.ends || other.ends }
    }

    /// The values are of these types, where nothing else said so.
    pub(super) fn typed(&mut self, types: &[Ty]) {
        for (at, ty) in self.values.iter().flatten().zip(types) {
            let Some(read) = at.and_then(|at| self.reads.get_mut(at)) else { continue };
            if read.ty.is_none() && !matches!(ty, Ty::Param(_) | Ty::Impl(_) | Ty::Unresolved(_) | Ty::Other(_)) {
                read.ty = Some(ty.clone());
            }
        }
    }

    /// A function takes the values, of these names and types, and gives one.
    pub(super) fn taken(&mut self, params: &[(Option<Name>, Option<Ty>)]) {
        for (at, (name, ty)) in self.values.iter().flatten().zip(params) {
            let Some(read) = at.and_then(|at| self.reads.get_mut(at)) else { continue };
            if read.ty.is_none() {
                read.ty.clone_from(ty);
            }
            if let Some(name) = name.as_ref().filter(|_| !matches!(read.what, What::Header | What::Cookie)) {
                read.name = name.trim_start_matches('_').to_owned();
            }
        }
        self.values = Some(vec![None]);
    }
}

/// The parameters of a function, resolved.
pub(super) fn params(crates: &Crates, route: &super::value::Target<'_>) -> Vec<(Option<Name>, Option<Ty>)> {
    if let Some(named) = &route.function
        && let ItemKind::Fn(function) = &named.item.kind
    {
        let scope = crates.scope_with(&named.scope, &function.generics);
        let own = |ty: &crate::syntax::facts::Type| Some(crates.ty(&scope, ty));
        return function.params.iter().map(|param| (param.name.clone(), own(&param.ty))).collect();
    }
    let Some(closure) = &route.closure else { return Vec::new() };
    let own = |(ty, scope): &(crate::syntax::facts::Type, crate::extract::crates::Scope)| crates.ty(scope, ty);
    closure.params.iter().map(|(name, ty)| (name.clone(), ty.as_ref().map(own))).collect()
}

/// The path with its parameters called as the function that answers calls them, each once.
pub(super) fn name_parameters(route: &mut Route<'_>) {
    let mut names = route.extracts.reads.iter().filter(|read| read.what == What::Path).map(|read| read.name.clone());
    let mut met: Vec<String> = Vec::new();
    let parts = route.path.segments.iter_mut().flat_map(|segment| &mut segment.0);
    for name in parts.filter_map(|part| if let Part::Param { name, .. } = part { Some(name) } else { None }) {
        if let Some(own) = names.next().filter(|own| !own.is_empty()) {
            *name = own;
        }
        while met.contains(name) {
            name.push('_');
        }
        met.push(name.clone());
    }
    let mut met = met.into_iter();
    for read in route.extracts.reads.iter_mut().filter(|read| read.what == What::Path) {
        read.name = met.next().unwrap_or_default();
    }
}

/// What a route reads by its filters.
pub(super) fn http(reading: &mut Reading<'_, '_>, route: &Route<'_>, methods: &[MethodSet]) -> Http {
    let upgrades = route.extracts.reads.iter().any(|read| read.what == What::Upgrade);
    let responses = match &route.target.function {
        _ if upgrades => vec![answer::websocket(reading)],
        Some(named) => super::serve::replies(reading, named),
        None => super::serve::unnamed(reading, route),
    };
    let mut draft = Draft::new(&route.target.path, methods, &route.path);
    for read in &route.extracts.reads {
        add(reading, &mut draft, route, read);
    }
    draft.finish(reading, &route.place, responses)
}

fn add(reading: &mut Reading<'_, '_>, draft: &mut Draft<'_>, route: &Route<'_>, read: &Read) {
    let own = Argument { name: read.name.clone(), renamed: None, place: route.place.clone() };
    let ty = read.ty.clone().unwrap_or_else(draft::string);
    let required = !read.optional;
    match read.what {
        What::Path => draft.named(reading, &ty, In::Path, Reader::PathText, &own, false),
        What::Header | What::Cookie => {
            let place_in = if read.what == What::Header { In::Header } else { In::Cookie };
            match &read.only {
                Some(value) => draft.push(only(reading, route, place_in, &read.name, value)),
                None => draft.named(reading, &ty, place_in, Reader::HeaderText, &own, read.optional),
            }
        }
        What::Query => match &read.ty {
            Some(ty) => {
                let found = reading.lowering.parameters(ty, In::Query, Reader::UrlEncoded, &read.name);
                draft.add(found, In::Query, read.optional);
            }
            None => draft.unknown(reading, "warp::query", Some(route.place.clone())),
        },
        What::Json | What::Form => {
            let (content_type, reader) = match read.what {
                What::Json => ("application/json", Reader::Json),
                _ => ("application/x-www-form-urlencoded", Reader::UrlEncoded),
            };
            match &read.ty {
                Some(ty) => draft.body(reading, content_type, reader, Some(ty), &own, required),
                None => {
                    let shape = answer::opaque(reading, "a body whose type no one states", OpaqueReason::Generic, None);
                    draft.media(Media { content_type: content_type.to_owned(), shape, reader }, &own, required);
                }
            }
        }
        What::Multipart => draft.body(reading, "multipart/form-data", Reader::Multipart, None, &own, required),
        What::Bytes => draft.body(reading, "*/*", Reader::Raw, None, &own, false),
        What::Upgrade => {}
        What::Unknown => {
            let shape = answer::opaque(reading, super::serve::UNSEEN, OpaqueReason::Erased, None);
            draft.media(Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw }, &own, false);
        }
    }
}

/// `warp::header::exact("name", "value")`
fn only(reading: &mut Reading<'_, '_>, route: &Route<'_>, place_in: In, name: &str, value: &str) -> Parameter {
    let member = Member::new(route.target.path.as_str(), name, route.place.clone());
    let shape = Shape::literal(value, &member);
    Parameter {
        place_in,
        names: Names { wire: name.to_owned(), aliases: Vec::new() },
        shape: reading.lowering.shapes.push(Node::plain(shape)),
        member,
        presence: Presence::Always,
        default: Default::Refused,
        reader: Reader::HeaderText,
        published: false,
        deprecated: false,
        constraints: Vec::new(),
    }
}
