//! What code serves that could not be read, as far as is known what it may be: of that, nothing can be said to be served
//! nowhere.

use super::evaluate::Evaluation;
use super::frame::Frame;
use super::kind::Kind;
use crate::extract::framework::Served;
use crate::model::{BlindSpot, BlindSpotKind};
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::facts::{Name, Pos};
use std::collections::BTreeSet;

/// Something that is served and was not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unread {
    /// Whose router serves it; `None` where that is not known either.
    kind: Option<Kind>,
    /// It is one handler, written so.
    handler: Option<Name>,
}

impl Unread {
    /// Anything below a router of this kind.
    pub(super) fn of(kind: Kind) -> Self {
        Self { kind: Some(kind), handler: None }
    }

    /// Nothing that is not listed: of what is served only something else is not known.
    pub(super) fn nothing(kind: Kind) -> Self {
        Self::handler(kind, Name::default())
    }

    /// One handler of a router of this kind, by the last segment of what names it.
    pub(super) fn handler(kind: Kind, name: Name) -> Self {
        Self { kind: Some(kind), handler: Some(name) }
    }

    /// May it be this route, which an attribute states?
    pub(super) fn may_be(&self, served: &Served) -> bool {
        let of_kind = self.kind.is_none_or(|kind| match served.framework {
            // Its documents stand beside the routers of others.
            "utoipa" => true,
            "poem-openapi" => kind == Kind::Poem,
            other => kind.id() == other,
        });
        let last = served.handler.rsplit("::").next().unwrap_or_default();
        of_kind && self.handler.as_ref().is_none_or(|name| name == last)
    }

    /// May it be a router that a function hands back?
    pub(super) fn may_mount(&self, kinds: &[Kind]) -> bool {
        self.handler.is_none() && self.kind.is_none_or(|kind| kinds.contains(&kind))
    }
}

impl<'a> Evaluation<'a> {
    /// Says that something that is served could not be read.
    pub(super) fn not_read(&mut self, frame: &Frame<'a>, pos: Pos, what: Unread, detail: String) {
        let place = Some(self.place(frame, pos));
        let spot = BlindSpot { kind: BlindSpotKind::UnknownRoute, place, detail, hides: None };
        self.unread.insert(spot.clone(), what);
        self.blind_spots.insert(spot);
    }

    /// What these blind spots may serve.
    pub(super) fn hidden_by(&self, spots: &BTreeSet<BlindSpot>) -> BTreeSet<Unread> {
        let unread = spots.iter().filter(|spot| spot.kind == BlindSpotKind::UnknownRoute);
        unread.map(|spot| self.unread.get(spot).cloned().unwrap_or_default()).collect()
    }
}

/// The handler of a router of this kind that an expression names; anything where it names none.
pub(super) fn named(kind: Kind, handler: &Expr) -> Unread {
    match &handler.kind {
        ExprKind::Path(path) => match path.segments.last() {
            Some(last) => Unread::handler(kind, last.name.clone()),
            None => Unread::of(kind),
        },
        _ => Unread::of(kind),
    }
}
