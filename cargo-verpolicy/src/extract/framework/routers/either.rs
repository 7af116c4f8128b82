//! Either of two values: what both branches of code hold, and what only one does, under its condition.

use super::kind::{HOLE, Kind};
use super::layers::surround;
use super::value::{Entry, Route, Router, Value};
use crate::extract::crates::Ty;
use crate::model::{Condition, PathTemplate, Prefix};

/// More ways than this are not kept apart.
const CHOICES: usize = 16;

impl<'a> Value<'a> {
    /// Either of two values, each under its condition.
    pub(super) fn either(first: (Self, &Condition), second: (Self, &Condition)) -> Self {
        match (first, second) {
            ((Self::Router(a), on), (Self::Router(b), off)) => {
                let (mut first, mut second) = (a.routes, b.routes);
                known_prefix(&mut first, &mut second);
                let narrow = |route: &mut Route<'a>, condition: &Condition| {
                    route.condition = std::mem::take(&mut route.condition).and(condition.clone());
                };
                // What may stand around one stands around it.
                let join = |route: &mut Route<'a>, other: Route<'a>| surround(&mut route.layers, &other.layers);
                let routes = either((first, on), (second, off), Route::same, narrow, join);
                let mut around = a.around;
                surround(&mut around, &b.around);
                Self::router(Router { kind: a.kind, bases: a.bases, verbs: a.verbs, routes, around, origin: a.origin })
            }
            ((Self::Methods(kind, a), on), (Self::Methods(_, b), off)) => {
                let same = |a: &Entry<'a>, b: &Entry<'a>| {
                    a.methods == b.methods && a.target.path == b.target.path && a.condition == b.condition
                };
                let narrow = |entry: &mut Entry<'a>, condition: &Condition| {
                    entry.condition = std::mem::take(&mut entry.condition).and(condition.clone());
                };
                let join = |entry: &mut Entry<'a>, other: Entry<'a>| surround(&mut entry.layers, &other.layers);
                let entries = either((a, on), (b, off), same, narrow, join);
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
            ((Self::Text(a), on), (Self::Text(b), off)) if a != b => {
                super::text::one_of(vec![(a, on.clone()), (b, off.clone())])
            }
            ((Self::OneOf(texts), on), (Self::Text(text), off))
            | ((Self::Text(text), off), (Self::OneOf(texts), on)) => {
                let under = texts.into_iter().map(|(text, own)| (text, own.and(on.clone())));
                super::text::one_of(under.chain([(text, off.clone())]).collect())
            }
            ((Self::OneOf(a), on), (Self::OneOf(b), off)) => {
                let a = a.into_iter().map(|(text, own)| (text, own.and(on.clone())));
                let b = b.into_iter().map(|(text, own)| (text, own.and(off.clone())));
                super::text::one_of(a.chain(b).collect())
            }
            ((Self::OneOf(_), _), _) | (_, (Self::OneOf(_), _)) => Self::Text(HOLE.to_string()),
            ((Self::Number(a), _), (Self::Number(b), _)) if a == b => Self::Number(a),
            ((Self::Number(_), _), _) | (_, (Self::Number(_), _)) => Self::Unknown,
            ((Self::Text(_), _), (Self::Unknown | Self::Of(_), _))
            | ((Self::Unknown | Self::Of(_), _), (Self::Text(_), _)) => Self::Text(HOLE.to_string()),
            ((Self::List(a), on), (Self::List(b), off)) => {
                let both = a.len().max(b.len());
                let (mut a, mut b) = (a.into_iter(), b.into_iter());
                let mut next = || {
                    let (first, second) = (a.next().unwrap_or(Self::Unknown), b.next().unwrap_or(Self::Unknown));
                    Self::either((first, on), (second, off))
                };
                Self::List((0..both).map(|_| next()).collect())
            }
            ((Self::Struct(ty, a), on), (Self::Struct(other, mut b), off)) if ty == other => {
                let both = a.into_iter().map(|(name, first)| {
                    let second = b.remove(&name).unwrap_or(Self::Unknown);
                    (name, Self::either((first, on), (second, off)))
                });
                let both = both.collect();
                Self::Struct(ty, both)
            }
            ((Self::Variant(def, a), _), (Self::Variant(other, b), _)) if def == other && a != b => {
                Self::Of(Ty::Def(def, Vec::new()))
            }
            // Of one type: what only one of them knows is not known.
            ((Self::Of(a), _), (known @ Self::Struct(..), _)) | ((known @ Self::Struct(..), _), (Self::Of(a), _))
                if matches!(&known, Self::Struct(b, _) if *b == a) && !known.holds_router() =>
            {
                Self::Of(a)
            }
            ((first, on), (second, off)) if first.is_another(&second) => {
                let ways = |value: Self, on: &Condition| match value {
                    Self::Choice(ways) => {
                        ways.into_iter().map(|(way, own)| (way, own.and(on.clone()))).collect::<Vec<_>>()
                    }
                    value => vec![(value, on.clone())],
                };
                let mut all = ways(first, on);
                for (way, condition) in ways(second, off) {
                    if all.len() < CHOICES && all.iter().all(|(known, _)| known.is_another(&way)) {
                        all.push((way, condition));
                    }
                }
                Self::Choice(all)
            }
            // What may be absent carries the condition under which it is there.
            ((Self::Word(none), _), (Self::Text(text), on)) | ((Self::Text(text), on), (Self::Word(none), _))
                if none == "None" && *on != Condition::Always =>
            {
                Self::OneOf(vec![(text, on.clone())])
            }
            ((Self::Word(a), _), (Self::Word(b), _)) if a != b => Self::Unknown,
            // Nothing, or something that is not known.
            ((Self::Unknown, _), (Self::Word(none), _)) | ((Self::Word(none), _), (Self::Unknown, _))
                if none == "None" =>
            {
                Self::Unknown
            }
            ((Self::Word(none), _), (value, _)) if none == "None" => value,
            ((Self::Unknown, _), (value, _)) | ((value, _), _) => value,
        }
    }
}

impl Value<'_> {
    /// Are these two things that answer calls in other ways: functions, values of other types?
    fn is_another(&self, other: &Self) -> bool {
        let ty = |value: &Self| match value {
            Self::Of(ty) | Self::Struct(ty, _) => Some(ty.clone()),
            Self::Variant(def, _) => Some(Ty::Def(*def, Vec::new())),
            _ => None,
        };
        match (self, other) {
            (Self::Choice(ways), other) | (other, Self::Choice(ways)) => {
                ways.iter().any(|(way, _)| way.is_another(other)) && ty(other).is_some()
                    || matches!(other, Self::Choice(_) | Self::Function(_) | Self::Closure(_))
            }
            (Self::Function(a), Self::Function(b)) => !std::ptr::eq(a.item, b.item),
            (Self::Closure(a), Self::Closure(b)) => !std::sync::Arc::ptr_eq(&a.closure, &b.closure),
            (Self::Function(_), Self::Closure(_)) | (Self::Closure(_), Self::Function(_)) => true,
            // A variant with a payload beside one without.
            (Self::Variant(..), Self::Struct(..)) | (Self::Struct(..), Self::Variant(..)) => true,
            (a, b) => match (ty(a), ty(b)) {
                (Some(a), Some(b)) => a != b,
                _ => false,
            },
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
    (first, on): (Vec<T>, &Condition),
    (mut second, off): (Vec<T>, &Condition),
    same: impl Fn(&T, &T) -> bool,
    narrow: impl Fn(&mut T, &Condition),
    join: impl Fn(&mut T, T),
) -> Vec<T> {
    let mut out = Vec::with_capacity(first.len());
    for mut item in first {
        match second.iter().position(|other| same(&item, other)) {
            Some(at) => join(&mut item, second.remove(at)),
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
