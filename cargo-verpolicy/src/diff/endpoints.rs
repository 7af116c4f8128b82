//! Two endpoint sets: who is in, what became of each endpoint, and what its content says.

use super::cause::Causes;
use super::conditions::{Builds, Usual};
use super::http::Occurrence;
use super::items::implied::Implied;
use super::items::moved::{self, Moved};
use super::items::unread::{Doubt, Macros};
use super::matching::{self, Matching};
use super::shapes::{Cause, Walker};
use super::versions::Range;
use super::{Blinded, Change, ChangeKind as K, Diff, Options, blind, items, lifetimes, messages, paths, shadow};
use crate::model::{
    BlindSpot, BlindSpotKind, Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind, PathTemplate,
    Place, Published, Stability,
};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// The comparison of two sets, on its way.
struct Sets<'a> {
    old: &'a EndpointSet,
    new: &'a EndpointSet,
    old_ids: Vec<String>,
    /// Fields and variants of the old side, by their paths; read when first asked for.
    old_members: OnceCell<BTreeSet<String>>,
    new_ids: Vec<String>,
    options: &'a Options,
    /// The versions in which a framework publishes each identity of the new side.
    published: BTreeMap<String, Vec<Range>>,
    walker: Walker<'a>,
    /// Items whose canonical path is another one.
    moved: Moved,
    /// Under which conditions the items are there that have parts, by their paths.
    owners: BTreeMap<String, (Condition, Condition)>,
    /// What bounds of each side say besides.
    implied: Implied,
    builds: Builds<'a>,
    /// Of paired types by their paths, macros that are not read and that the other side has not, or another version of.
    macros: BTreeMap<String, Macros>,
    /// The conditions of pairs that share an endpoint with another.
    shared: BTreeMap<(usize, usize), (Condition, Condition)>,
    /// Paths of the items that carry a mark on both sides: it covers the implementations of traits for them.
    marked_types: BTreeSet<String>,
    /// Endpoints of the old side that are gone and that a mark of the new side still promises.
    promised_since: BTreeSet<usize>,
    causes: Causes,
    /// What became of endpoints that were unstable and are.
    outside: Causes,
    blinded: Vec<Blinded>,
    compared: usize,
}

/// Compares two sets.
pub(super) fn compare(old: &EndpointSet, new: &EndpointSet, options: &Options) -> Diff {
    let mut walker = Walker::new(&old.shapes, &new.shapes);
    walker.readers = messages::readers(old);
    walker.builds = Some([Builds::of(old, new), Builds::of(new, old)]);
    let mut published: BTreeMap<String, Vec<Range>> = BTreeMap::new();
    for endpoint in new.endpoints.iter().filter(|e| e.lifetime.native) {
        published.entry(endpoint.identity()).or_default().push(Range::of(&endpoint.lifetime));
    }
    let mut sets = Sets {
        old,
        new,
        published,
        old_ids: old.ids(),
        old_members: OnceCell::new(),
        new_ids: new.ids(),
        options,
        walker,
        moved: Moved::default(),
        owners: BTreeMap::new(),
        implied: Implied::of(old, new),
        builds: Builds::of(old, new),
        macros: BTreeMap::new(),
        shared: BTreeMap::new(),
        marked_types: marked_items(old).intersection(&marked_items(new)).map(|path| (*path).to_owned()).collect(),
        promised_since: BTreeSet::new(),
        causes: Causes::default(),
        outside: Causes::default(),
        blinded: Vec::new(),
        compared: 0,
    };
    let mut matching = matching::by_identity(old, new, &sets.builds);
    sets.shared = std::mem::take(&mut matching.shared);
    sets.moved = moved::pair(old, new, &mut matching);
    let kinds = matching::pair_unique(old, new, &mut matching, rust_path, |a, b| a.kind() != b.kind());
    let paths = sets.related_paths(&mut matching);
    sets.withdraw(&mut matching);
    sets.owners = owners(old, new, &matching);
    sets.macros = items::unread::macros(old, new, &matching);
    for (i, j) in &matching.pairs {
        let literals = paths.iter().find(|p| p.pair == (*i, *j)).map(|p| p.literals.clone()).unwrap_or_default();
        sets.pair((*i, *j), &literals, kinds.contains(&(*i, *j)), matching.withdrawn.contains(i));
    }
    for path in &paths {
        sets.path_changed(path);
    }
    sets.shadowed(&matching.pairs);
    sets.lone(&matching);
    sets.blinded.sort_by(|a, b| (&a.endpoint, a.missing_in_old).cmp(&(&b.endpoint, b.missing_in_old)));
    let (mut changes, mut outside) = (sets.causes.finish(), sets.outside.finish());
    let usual = [Usual::of(old), Usual::of(new)];
    for change in changes.iter_mut().chain(&mut outside) {
        let says_itself = change.kind.rule().starts_with("endpoint-condition-");
        let [old, new] = &usual;
        let usual = if change.new.is_some() { new } else { old };
        let condition = std::mem::take(&mut change.condition);
        change.condition = if says_itself { Condition::Always } else { usual.beyond(condition) };
    }
    Diff { changes, outside, compared: sets.compared, blinded: sets.blinded }
}

/// What an endpoint is in Rust: a promise of one kind may become one of another.
fn rust_path(endpoint: &Endpoint) -> Option<String> {
    match &endpoint.key {
        EndpointKey::Named { kind: _, path } => Some(path.clone()),
        EndpointKey::Http { .. } => endpoint.handler.clone(),
    }
}

/// A path that became another one of the same endpoint.
struct PathChange {
    pair: (usize, usize),
    kind: K,
    literals: Vec<(String, String)>,
}

impl Sets<'_> {
    /// Does the endpoint count as a promise by itself?
    fn counts(&self, endpoint: &Endpoint) -> bool {
        endpoint.marked
            || match endpoint.kind() {
                Kind::Http => self.options.implicit_routes,
                Kind::Item => self.options.implicit_public,
                Kind::Message | Kind::Config => false,
            }
            || endpoint.is_impl() && owner(endpoint).is_some_and(|of| self.marked_types.contains(of))
    }

    /// Items that nobody outside can name any more, mark or not, are gone; and so are routes that nobody serves any more.
    fn withdraw(&mut self, matching: &mut Matching) {
        let hidden: Vec<(usize, usize)> = matching
            .pairs
            .iter()
            .copied()
            .filter(|pair| self.sides(*pair).is_some_and(|(a, b)| is_private(a, b) || self.is_unmounted(a, b)))
            .collect();
        for pair in hidden {
            matching.pairs.remove(&pair);
            if !matching.pairs.iter().any(|(i, _)| *i == pair.0) {
                matching.removed.insert(pair.0);
                // A mark on the new side alone promises what the old one has.
                if self.sides(pair).is_some_and(|(_, b)| self.counts(b)) {
                    self.promised_since.insert(pair.0);
                }
            }
        }
    }

    /// Did a router or an attribute serve it, and does now only a mark say so, which is known to be untrue?
    fn is_unmounted(&self, old: &Endpoint, new: &Endpoint) -> bool {
        let unserved = |spot: &BlindSpot| {
            matches!(spot.kind, BlindSpotKind::UnreachedHandler | BlindSpotKind::RouteDiffers)
                && spot.place == new.mark_place
        };
        let only_stated = old.framework.is_some() && new.framework.is_none() && new.mark_place.is_some();
        only_stated && old.kind() == Kind::Http && self.new.blind_spots.iter().any(unserved)
    }

    fn sides(&self, (i, j): (usize, usize)) -> Option<(&Endpoint, &Endpoint)> {
        Some((self.old.endpoints.get(i)?, self.new.endpoints.get(j)?))
    }

    /// Pairs removed and added routes of which one path is the other with other parameters.
    fn related_paths(&mut self, matching: &mut Matching) -> Vec<PathChange> {
        let mut out = Vec::new();
        for i in matching.removed.clone() {
            let mut found = None;
            for j in &matching.added {
                let Some((a, b)) = self.sides((i, *j)) else { continue };
                let (
                    EndpointKey::Http { service: s, path: p, method: m },
                    EndpointKey::Http { service: t, path: q, method: n },
                ) = (&a.key, &b.key)
                else {
                    continue;
                };
                let Some(relation) = paths::relation(p, q).filter(|_| s == t && m == n) else { continue };
                if relation.literals.is_empty() || self.generalizes((i, *j), &relation.literals) {
                    found = Some(PathChange { pair: (i, *j), kind: relation.kind, literals: relation.literals });
                    break;
                }
            }
            if let Some(change) = found {
                matching.removed.remove(&change.pair.0);
                matching.added.remove(&change.pair.1);
                matching.pairs.insert(change.pair);
                out.push(change);
            }
        }
        out
    }

    /// Do the new parameters list the old literals, and does the rest hold?
    fn generalizes(&mut self, pair: (usize, usize), literals: &[(String, String)]) -> bool {
        let (old, new) = (self.old, self.new);
        let (Some(a), Some(b)) = (old.endpoints.get(pair.0), new.endpoints.get(pair.1)) else { return false };
        let (EndpointContent::Http(x), EndpointContent::Http(y)) = (&a.content, &b.content) else { return false };
        let listed = literals.iter().all(|(literal, name)| {
            let parameter = y.parameters.iter().find(|p| p.names.wire == *name);
            parameter.is_some_and(|p| shadow::lists(&new.shapes, p.shape, literal))
        });
        let (Some(from), Some(to)) = (path_of(a), path_of(b)) else { return false };
        listed && super::http::compare(&mut self.walker, (x, y), (from, to), literals).iter().all(|o| !o.kind.hurts())
    }

    /// Compares two endpoints that belong together.
    fn pair(&mut self, pair: (usize, usize), literals: &[(String, String)], kind_changed: bool, withdrawn: bool) {
        let (old, new) = (self.old, self.new);
        let (Some(a), Some(b)) = (old.endpoints.get(pair.0), new.endpoints.get(pair.1)) else { return };
        if !self.counts(a) && !self.counts(b) {
            return;
        }
        self.compared += 1;
        let goes_on = withdrawn || self.goes_on(b);
        let of = owner(a).and_then(|path| self.owners.get(path));
        let conditions = self.shared.get(&pair).map_or((&a.condition, &b.condition), |(was, is)| (was, is));
        let around = lifetimes::Around { conditions, owner: of, builds: &self.builds };
        for said in lifetimes::compare(a, b, &around, (goes_on, self.counts(b)), self.options) {
            let change = Change { was: said.was, is: said.is, related: said.related, ..self.at_pair(said.kind, pair) };
            self.causes.add(change, None);
        }
        // Outside the promise nothing else counts; leaving and entering it were said.
        let promised = a.stability == Stability::Stable;
        if !promised && (b.stability == Stability::Stable || a.kind() != b.kind()) {
            return;
        }
        if kind_changed && a.kind() != b.kind() {
            let (was, is) = (Some(a.kind().word().to_owned()), Some(b.kind().word().to_owned()));
            let change = Change { was, is, ..self.at_pair(K::EndpointKindChanged, pair) };
            return self.causes.add(change, None);
        }
        for occurrence in self.content((a, b), literals) {
            if occurrence.kind == K::ItemFeatureNarrowed && !self.has_feature(occurrence.found.was.as_deref()) {
                // The feature itself is gone, and says so.
                continue;
            }
            let change = self.occurrence(&occurrence, pair);
            let causes = if promised { &mut self.causes } else { &mut self.outside };
            causes.add(change, occurrence.found.cause.as_ref());
        }
    }

    /// Does the new side have a feature of this name?
    fn has_feature(&self, name: Option<&str>) -> bool {
        let Some(path) = name.map(|name| format!("feature {name}")) else { return false };
        self.new.endpoints.iter().any(|e| item_path(e) == Some(&path))
    }

    /// Does another endpoint of the same identity serve the version in which this one ends?
    fn goes_on(&self, endpoint: &Endpoint) -> bool {
        let Some(removed) = endpoint.lifetime.removed.as_ref().filter(|_| endpoint.lifetime.native) else {
            return false;
        };
        let ranges = self.published.get(&endpoint.identity());
        ranges.into_iter().flatten().any(|range| range.holds(Some(&removed.version)))
    }

    fn content(&mut self, (old, new): (&Endpoint, &Endpoint), literals: &[(String, String)]) -> Vec<Occurrence> {
        use EndpointContent as C;
        match (&old.content, &new.content) {
            (C::Http(a), C::Http(b)) => match (path_of(old), path_of(new)) {
                (Some(from), Some(to)) => super::http::compare(&mut self.walker, (a, b), (from, to), literals),
                _ => Vec::new(),
            },
            (C::Item(a), C::Item(b)) => match self.moved.signature(a) {
                Some(a) => items::compare(&a, b, &self.implied),
                None => items::compare(a, b, &self.implied),
            },
            (
                C::Message { input, output, layout },
                C::Message { input: new_input, output: new_output, layout: new_layout },
            ) => {
                let old = messages::Message { input: *input, output: *output, layout: layout.as_deref() };
                let new = messages::Message { input: *new_input, output: *new_output, layout: new_layout.as_deref() };
                messages::compare(&mut self.walker, &old, &new)
            }
            (C::Config { input: a }, C::Config { input: b }) => {
                let at = super::word::Position::of(super::word::Family::Config);
                super::http::walked(&mut self.walker, (*a, *b), at, "config", None)
            }
            // The keys say the same kind; a content of another one is a kind that changed.
            _ => {
                let found = super::http::endpoint().values(old.kind().word(), new.kind().word());
                let condition = Condition::Always;
                vec![Occurrence { kind: K::EndpointKindChanged, at: String::new(), found, message: false, condition }]
            }
        }
    }

    /// A change of a pair as such, with the places of its endpoints.
    fn at_pair(&self, kind: K, (i, j): (usize, usize)) -> Change {
        let place = |set: &EndpointSet, at: usize| set.endpoints.get(at).map(shown);
        Change {
            kind,
            reaches: self.new_ids.get(j).cloned().into_iter().collect(),
            at: String::new(),
            old: place(self.old, i),
            new: place(self.new, j),
            was: None,
            is: None,
            members: Vec::new(),
            related: None,
            message: false,
            between_integers: false,
            condition: self.sides((i, j)).map_or(Condition::Always, |(a, b)| both(&a.condition, &b.condition)),
        }
    }

    fn occurrence(&self, occurrence: &Occurrence, pair: (usize, usize)) -> Change {
        let Occurrence { kind, at, found, message, condition } = occurrence;
        let plain = self.at_pair(*kind, pair);
        let (old, new) = match &found.cause {
            Some(Cause { old, new }) => (old.as_ref().map(|m| m.place.clone()), new.as_ref().map(|m| m.place.clone())),
            None => (None, None),
        };
        Change {
            at: at.clone(),
            old: old.or(plain.old),
            new: new.or(plain.new),
            was: found.was.clone(),
            is: found.is.clone(),
            members: found.members.clone(),
            related: found.related.clone(),
            message: *message,
            between_integers: found.between_integers,
            condition: plain.condition.and(condition.clone()),
            kind: plain.kind,
            reaches: plain.reaches,
        }
    }

    fn path_changed(&mut self, path: &PathChange) {
        let Some((a, b)) = self.sides(path.pair) else { return };
        if !self.counts(a) && !self.counts(b) || a.stability != Stability::Stable {
            return;
        }
        let text = |e: &Endpoint| path_of(e).map(PathTemplate::render);
        let (was, is) = (text(a), text(b));
        let change = Change { was, is, ..self.at_pair(path.kind, path.pair) };
        self.causes.add(change, None);
    }

    fn shadowed(&mut self, pairs: &BTreeSet<(usize, usize)>) {
        let (old, new) = (self.old, self.new);
        let fresh = shadow::Fresh::of(old, new);
        for pair in pairs {
            let (Some(a), Some(b)) = (old.endpoints.get(pair.0), new.endpoints.get(pair.1)) else { continue };
            if !self.counts(a) && !self.counts(b) || a.stability != Stability::Stable {
                continue;
            }
            for catcher in fresh.catchers(b, &new.shapes) {
                let was = path_of(b).map(PathTemplate::render);
                let is = Some(catcher.id());
                let new = Some(shown(catcher));
                let change = Change { was, is, new, ..self.at_pair(K::EndpointShadowed, *pair) };
                self.causes.add(change, None);
            }
        }
    }

    /// Is it a part of an item that came or went as a whole? The item says it.
    fn is_part_of(&self, set: &EndpointSet, lone: &BTreeSet<usize>, endpoint: &Endpoint) -> bool {
        let Some(owner) = owner(endpoint) else { return false };
        let of = |i: &usize| set.endpoints.get(*i).is_some_and(|e| item_path(e) == Some(owner) && self.counts(e));
        let at = set.endpoints.partition_point(|e| match &e.key {
            EndpointKey::Http { .. } => true,
            EndpointKey::Named { kind, path } => (*kind, path.as_str()) < (Kind::Item, owner),
        });
        (at..set.endpoints.len())
            .take_while(|i| set.endpoints.get(*i).and_then(item_path) == Some(owner))
            .any(|i| lone.contains(&i) && of(&i))
    }

    /// A field or variant with a mark of its own, of a type that both sides have: the type says what became of it.
    fn is_member_of_both(&self, set: &EndpointSet, endpoint: &Endpoint) -> bool {
        let Some(owner) = set.type_around(endpoint) else { return false };
        let there = |set: &EndpointSet| set.endpoints.iter().any(|e| e.key == owner.key);
        there(self.old) && there(self.new)
    }

    /// Had the old side this field or variant, without a mark?
    fn had_member(&self, endpoint: &Endpoint) -> bool {
        matches!(&endpoint.key, EndpointKey::Named { path, .. }
            if self.old_members.get_or_init(|| self.old.member_paths()).contains(path))
    }

    /// Endpoints that only one side has.
    fn lone(&mut self, matching: &Matching) {
        for i in &matching.removed {
            self.gone(*i, matching);
        }
        for i in &matching.withdrawn {
            self.gone(*i, matching);
        }
        for j in &matching.added {
            self.come(*j, matching);
        }
    }

    fn gone(&mut self, i: usize, matching: &Matching) {
        let Some(endpoint) = self.old.endpoints.get(i) else { return };
        let counts = self.counts(endpoint) || self.promised_since.contains(&i);
        if !counts || endpoint.stability != Stability::Stable || is_dependency(endpoint) {
            return;
        }
        if owner(endpoint).is_some_and(|path| self.moved.is_away(path)) {
            // What it is there is not known, which the item says.
            return;
        }
        if self.is_member_of_both(self.old, endpoint)
            || self.is_part_of(self.old, &matching.removed, endpoint)
            || is_impl(endpoint).is_some()
                && (items::covers::covered(endpoint, self.new)
                    || items::covers::has_other_parameters(endpoint, self.new))
        {
            return;
        }
        let id = self.old_ids.get(i).cloned().unwrap_or_default();
        let withdrawn = matching.withdrawn.contains(&i);
        if let Some(spot) = blind::could_hold(endpoint, self.new, &matching.added).filter(|_| !withdrawn) {
            return self.blinded.push(blind::blinded(endpoint, &id, false, spot));
        }
        if is_impl(endpoint).is_some()
            && let Some(spot) = blind::could_implement(self.old, self.new)
        {
            return self.blinded.push(blind::blinded(endpoint, &id, false, spot));
        }
        if self.is_inferred(endpoint) || self.is_doubtful(endpoint, &id, false) {
            return;
        }
        if let Some(target) = self.fresh_glob(endpoint) {
            let change = Change { is: Some(target), old: Some(shown(endpoint)), ..blank(K::ItemMovedAway, id) };
            return self.causes.add(change, None);
        }
        let announced =
            endpoint.lifetime.deprecated.is_some() || endpoint.lifetime.removed.is_some() && !endpoint.lifetime.native;
        let kind = if form_of(endpoint).is_some_and(|form| matches!(form, Form::Feature(_))) {
            K::ItemFeatureRemoved
        } else if is_impl(endpoint).is_some() {
            if of_auto_trait(endpoint) { K::ItemAutoImplRemoved } else { K::ItemImplRemoved }
        } else if announced {
            K::DeprecatedEndpointRemoved
        } else {
            K::EndpointRemoved
        };
        let mut others = matching.added.iter().filter(|j| {
            self.new.endpoints.get(**j).is_some_and(|e| endpoint.handler.is_some() && e.handler == endpoint.handler)
        });
        let related = others.next().and_then(|j| self.new_ids.get(*j)).cloned();
        let was = endpoint.lifetime.deprecated.as_ref().map(|step| step.version.clone());
        // It is still there, and nobody outside can name it.
        let inside = self.new.endpoints.iter().find(|e| e.key == endpoint.key && is_private(endpoint, e));
        let (new, is) = (inside.map(shown), inside.map(|_| "private".to_owned()));
        let condition = endpoint.condition.clone();
        let change = Change { old: Some(shown(endpoint)), new, was, is, related, condition, ..blank(kind, id) };
        self.causes.add(change, None);
    }

    /// A glob of another package that the new side alone has beside the item, and that may bring it.
    fn fresh_glob(&self, endpoint: &Endpoint) -> Option<String> {
        let (module, _) = item_path(endpoint).filter(|_| owner(endpoint).is_none())?.rsplit_once("::")?;
        let prefix = format!("{module}::* of ");
        let globs = |set: &'_ EndpointSet| -> BTreeSet<String> {
            let paths = set.endpoints.iter().filter_map(item_path).filter_map(|path| path.strip_prefix(&prefix));
            paths.map(str::to_owned).collect()
        };
        let (old, new) = (globs(self.old), globs(self.new));
        new.difference(&old).next().map(|path| format!("{path}::*"))
    }

    /// An impl of `Drop` for a type that others move parts out of, or that borrows.
    fn is_taken_apart(&self, endpoint: &Endpoint) -> bool {
        let of_drop = item_path(endpoint).is_some_and(|path| path.starts_with("impl std::ops::Drop for "));
        let mut types = self.new.endpoints.iter().filter(|e| of_drop && item_path(e) == owner(endpoint));
        types.any(|e| {
            form_of(e).is_some_and(
                |form| matches!(form, Form::Type(form) if form.generics.lifetimes > 0 || form.has_fields()),
            )
        })
    }

    /// An auto trait by hand that is gone: what the compiler infers of the type on the new side was said of the type.
    fn is_inferred(&self, endpoint: &Endpoint) -> bool {
        let of_type = |e: &&Endpoint| owner(endpoint).is_some() && item_path(e) == owner(endpoint);
        of_auto_trait(endpoint)
            && self.new.endpoints.iter().find(of_type).and_then(form_of).is_some_and(
                |form| matches!(form, Form::Type(form) if form.inferred.unknown.is_empty() && form.generics.params.is_empty()),
            )
    }

    /// An impl that only one side shows, of a type that carries a macro on the other which may make it there.
    fn is_doubtful(&mut self, endpoint: &Endpoint, id: &str, fresh: bool) -> bool {
        let of = is_impl(endpoint).and_then(|_| self.macros.get(owner(endpoint)?));
        let Some(doubt) = of.and_then(|macros| macros.doubt(item_path(endpoint)?, fresh)) else { return false };
        let Doubt::May(makers, sentence) = doubt else { return true };
        let place = Some(shown(endpoint));
        let (old, new) = if fresh { (None, place) } else { (place, None) };
        let (was, is) = (Some(makers), Some(sentence));
        self.causes.add(Change { old, new, was, is, ..blank(K::ItemImplUnknown, id.to_owned()) }, None);
        true
    }

    fn come(&mut self, j: usize, matching: &Matching) {
        let Some(endpoint) = self.new.endpoints.get(j) else { return };
        if !self.counts(endpoint) || endpoint.stability != Stability::Stable || is_dependency(endpoint) {
            return;
        }
        // A snapshot of marked items may have been taken without what is implemented for them.
        let implied = endpoint.is_impl() && !endpoint.marked && !self.options.implicit_public;
        if implied && !self.old.endpoints.iter().any(Endpoint::is_impl) {
            return;
        }
        let id = self.new_ids.get(j).cloned().unwrap_or_default();
        if self.is_member_of_both(self.new, endpoint) {
            // Of a wire type, the type says this too.
            let announced = endpoint.lifetime.deprecated.is_some() || endpoint.lifetime.removed.is_some();
            if announced && item_path(endpoint).is_some() && self.had_member(endpoint) {
                self.causes.add(Change { new: Some(shown(endpoint)), ..blank(K::EndpointDeprecated, id) }, None);
            }
            return;
        }
        if self.is_part_of(self.new, &matching.added, endpoint)
            || is_impl(endpoint).is_some() && items::covers::has_other_parameters(endpoint, self.old)
            || self.is_doubtful(endpoint, &id, true)
        {
            return;
        }
        let spot = blind::could_hold(endpoint, self.old, matching.removed.iter().chain(&matching.withdrawn));
        if let Some(spot) = spot.filter(|spot| !blind::stands_in(spot, self.new)) {
            return self.blinded.push(blind::blinded(endpoint, &id, true, spot));
        }
        let mut others = matching.removed.iter().filter(|i| {
            self.old.endpoints.get(**i).is_some_and(|e| endpoint.handler.is_some() && e.handler == endpoint.handler)
        });
        let related = others.next().and_then(|i| self.old_ids.get(*i)).cloned();
        let kind = match is_impl(endpoint) {
            Some(true) => K::ItemBlanketImplAdded,
            Some(false) if self.is_taken_apart(endpoint) => K::ItemDropAdded,
            _ => K::EndpointAdded,
        };
        let condition = endpoint.condition.clone();
        let added = Change { new: Some(shown(endpoint)), related, condition, ..blank(kind, id.clone()) };
        self.causes.add(added, None);
        let EndpointContent::Http(http) = &endpoint.content else { return };
        for parameter in http.parameters.iter().filter(|p| super::parameters::is_unreadable(&self.new.shapes, p)) {
            let is = Some(super::text::shape(&self.new.shapes, parameter.shape));
            let at = super::parameters::unreadable_at(parameter);
            let new = Some(parameter.member.place.clone());
            let change = Change { new, is, at, ..blank(K::ParameterUnreadable, id.clone()) };
            self.causes.add(change, Some(&Cause { old: None, new: Some(parameter.member.clone()) }));
        }
    }
}

fn blank(kind: K, id: String) -> Change {
    Change {
        kind,
        reaches: vec![id],
        at: String::new(),
        old: None,
        new: None,
        was: None,
        is: None,
        members: Vec::new(),
        related: None,
        message: false,
        between_integers: false,
        condition: Condition::Always,
    }
}

/// The builds in which two sides meet; of those that never meet nothing is said.
fn both(old: &Condition, new: &Condition) -> Condition {
    match old.clone().and(new.clone()) {
        Condition::Never => Condition::Always,
        condition => condition,
    }
}

fn path_of(endpoint: &Endpoint) -> Option<&PathTemplate> {
    match &endpoint.key {
        EndpointKey::Http { path, .. } => Some(path),
        EndpointKey::Named { .. } => None,
    }
}

/// Where a reader looks for the endpoint.
fn shown(endpoint: &Endpoint) -> Place {
    endpoint.place.clone()
}

/// The path of an item.
fn item_path(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.key {
        EndpointKey::Named { kind: Kind::Item, path } => Some(path),
        _ => None,
    }
}

/// Could others name the item, and can no more? What is exported again from elsewhere is another item, without paths; what
/// is hidden from the documentation has none either, and says so itself.
fn is_private(old: &Endpoint, new: &Endpoint) -> bool {
    match (&old.content, &new.content) {
        _ if new.published == Published::No => false,
        (EndpointContent::Item(a), EndpointContent::Item(b)) => {
            !a.paths.is_empty() && b.paths.is_empty() && a.item == b.item
        }
        _ => false,
    }
}

/// The paths of the items that carry a mark.
fn marked_items(set: &EndpointSet) -> BTreeSet<&str> {
    set.endpoints.iter().filter(|e| e.marked).filter_map(item_path).filter_map(|path| path.split('@').next()).collect()
}

/// The path of the item that this one is a part of.
fn owner(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.content {
        EndpointContent::Item(signature) => signature.owner.as_deref(),
        _ => None,
    }
}

fn form_of(endpoint: &Endpoint) -> Option<&Form> {
    match &endpoint.content {
        EndpointContent::Item(signature) => Some(&signature.form),
        _ => None,
    }
}

/// Is it a dependency? That one comes into public signatures, or leaves them, the signatures say.
fn is_dependency(endpoint: &Endpoint) -> bool {
    form_of(endpoint).is_some_and(|form| matches!(form, Form::Dependency(_)))
}

/// Is it an impl of a trait, and one for every type?
fn is_impl(endpoint: &Endpoint) -> Option<bool> {
    match &endpoint.content {
        EndpointContent::Item(signature) if signature.item == "impl" => {
            Some(matches!(&signature.form, Form::Impl(form) if form.blanket))
        }
        _ => None,
    }
}

/// The conditions of paired items that are not always there, by their old paths.
fn owners(old: &EndpointSet, new: &EndpointSet, matching: &Matching) -> BTreeMap<String, (Condition, Condition)> {
    let mut out = BTreeMap::new();
    for (i, j) in &matching.pairs {
        if let (Some(a), Some(b)) = (old.endpoints.get(*i), new.endpoints.get(*j))
            && (&a.condition, &b.condition) != (&Condition::Always, &Condition::Always)
            && owner(a).is_none()
            && let Some(path) = item_path(a)
        {
            out.insert(path.to_owned(), (a.condition.clone(), b.condition.clone()));
        }
    }
    out
}

/// Is it an impl of a trait that the compiler infers?
fn of_auto_trait(endpoint: &Endpoint) -> bool {
    const TRAITS: [&str; 5] = [
        "std::marker::Send",
        "std::marker::Sync",
        "std::marker::Unpin",
        "std::panic::UnwindSafe",
        "std::panic::RefUnwindSafe",
    ];
    let of = item_path(endpoint).and_then(|path| path.strip_prefix("impl ")?.split(" for ").next());
    of.is_some_and(|of| TRAITS.contains(&of))
}
