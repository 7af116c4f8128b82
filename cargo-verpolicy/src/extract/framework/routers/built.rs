//! What one function, or static, of a package builds.

use super::blind::Unread;
use super::evaluate::{Evaluation, address};
use super::value::{Named, Value};
use super::{Found, callers, roots};
use crate::extract::crates::{Crates, ModuleId, Scope};
use crate::model::{BlindSpot, BlindSpotKind};
use crate::syntax::facts::{Item, ItemKind, Name};
use std::collections::BTreeSet;

/// Expressions that are evaluated of one function which nobody calls, and of what it calls.
const FOLLOWED: u32 = 500_000;

/// So of one that is read only for what it may match by hand.
const LOOKED_THROUGH: u32 = 20_000;

/// Says that this function, and those behind it, were not evaluated to their ends.
fn unfinished(crates: &Crates, function: &Named<'_>) -> BlindSpot {
    let place = Some(crates.place(function.scope.module, function.item.pos));
    let detail = format!("so much code builds routers that from `{}` on not all of it was followed", function.path);
    BlindSpot { kind: BlindSpotKind::UnknownRoute, place, detail, hides: None }
}

/// What one function, or static, of a package builds.
pub(super) struct Built<'a> {
    pub(super) package: usize,
    pub(super) module: ModuleId,
    pub(super) item: &'a Item,
    /// It is where the program begins.
    pub(super) is_main: bool,
    /// By which method of a trait of this side it is called, nobody knows from where.
    pub(super) dispatch: Option<Dispatch>,
    /// All calls of that method were read.
    pub(super) read: bool,
    /// It is read with the type that it belongs to.
    pub(super) given: bool,
    /// What it builds depends on what it is handed.
    pub(super) open: bool,
    /// Canonical path of the function.
    pub(super) path: String,
    pub(super) found: Found<'a>,
    /// What it serves and could not be read.
    pub(super) hidden: BTreeSet<Unread>,
}

/// A trait, by where its fact stands, and one of its methods.
pub(super) type Dispatch = (usize, Name);

impl<'a> Built<'a> {
    /// Reads a function; `None` where its body is not at hand.
    pub(super) fn of_function(
        evaluation: &mut Evaluation<'a>,
        package: usize,
        (function, dispatch): (Named<'a>, Option<Dispatch>),
    ) -> Option<Self> {
        let looked_through = roots::is_looked_through(&function);
        evaluation.begin(if looked_through { LOOKED_THROUGH } else { FOLLOWED });
        let outcome = evaluation.call_one(&function, Vec::new());
        let mut blind_spots = std::mem::take(&mut evaluation.blind_spots);
        let outcome = outcome?;
        if evaluation.is_spent() && !looked_through && evaluation.cut_short.insert(package) {
            blind_spots.insert(unfinished(evaluation.crates, &function));
        }
        let launched = function.item.attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "launch"));
        let back = if launched { outcome.value.served() } else { outcome.value.routers() };
        let left = outcome.parameters.into_iter().chain(outcome.receiver);
        let mut found = Found { blind_spots, ..Found::default() };
        for router in back.into_iter().chain(left.flat_map(Value::routers)) {
            found.take(router, &function.path, true);
        }
        for router in outcome.loose {
            found.take(router, &function.path, false);
        }
        let (item, module) = (function.item, function.scope.module);
        let is_main = item.name == "main" && evaluation.crates.parent_of(module).is_none();
        let given = function.scope.self_ty.is_some();
        // Where nothing of a router was met, none comes from what it is handed.
        let met = !found.routes.is_empty() || !found.servers.is_empty() || !found.blind_spots.is_empty();
        let open = dispatch.is_some() || met && callers::is_open(evaluation.crates, &function, &found.blind_spots);
        let hidden = evaluation.hidden_by(&found.blind_spots);
        let (read, path) = (false, function.path);
        Some(Self { package, module, item, is_main, dispatch, read, given, open, path, found, hidden })
    }

    /// Reads a static.
    pub(super) fn of_static(
        evaluation: &mut Evaluation<'a>,
        package: usize,
        (item, scope): (&'a Item, Scope),
    ) -> Option<Self> {
        let ItemKind::Static { value: Some(value), .. } = &item.kind else { return None };
        evaluation.begin(FOLLOWED);
        let held = evaluation.constant(&scope, value);
        let blind_spots = std::mem::take(&mut evaluation.blind_spots);
        let mut found = Found { blind_spots, ..Found::default() };
        for router in held.routers() {
            let path = format!("{}::{}", evaluation.crates.module_path(scope.module), item.name);
            found.take(router, &path, true);
        }
        let (module, path) = (scope.module, String::new());
        let (is_main, read, given, open) = (false, false, false, false);
        let hidden = evaluation.hidden_by(&found.blind_spots);
        Some(Self { package, module, item, is_main, dispatch: None, read, given, open, path, found, hidden })
    }

    /// Was it called by what was read?
    pub(super) fn is_called(&self, evaluation: &Evaluation<'a>) -> bool {
        evaluation.called.contains(&address(self.item))
    }
}
