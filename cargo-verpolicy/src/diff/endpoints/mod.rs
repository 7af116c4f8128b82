//! Two endpoint sets: who is in, what became of each endpoint, and what its content says.

mod lone;
mod nature;
mod paired;

use super::cause::Causes;
use super::conditions::{Builds, Usual};
use super::items::implied::Implied;
use super::items::moved::{self, Moved};
use super::items::unread::Macros;
use super::matching::{self, Matching};
use super::shapes::Walker;
use super::versions::Range;
use super::{Blinded, Change, ChangeKind as K, Diff, Options, items, messages, shadow};
use crate::model::{
    BlindSpot, BlindSpotKind, Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Kind, Mount,
    PathTemplate, Stability,
};
use nature::{conditional_parts, form_of, is_private, item_path, owner, path_of, shown};
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
    /// Under which conditions everything is there that both sides have.
    conditions: BTreeSet<(Condition, Condition)>,
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
        conditions: BTreeSet::new(),
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
    matching::pair_unique(old, new, &mut matching, edition, |_, _| true);
    matching::pair_unique(old, new, &mut matching, type_name, |_, _| true);
    let kinds = matching::pair_unique(old, new, &mut matching, rust_path, |a, b| a.kind() != b.kind());
    let paths = sets.related_paths(&mut matching);
    sets.withdraw(&mut matching);
    sets.owners = owners(old, new, &matching);
    sets.conditions = conditions(old, new, &matching);
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
    sets.unread();
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

/// The edition that an endpoint is, whatever its Rust type is called.
fn edition(endpoint: &Endpoint) -> Option<String> {
    Some(format!("{:?} {}", endpoint.kind(), endpoint.edition.as_ref()?))
}

/// The name of a type that travels or is configured: nothing outside tells its module.
fn type_name(endpoint: &Endpoint) -> Option<String> {
    let EndpointKey::Named { kind: Kind::Message | Kind::Config, path } = &endpoint.key else { return None };
    Some(format!("{:?} {}", endpoint.kind(), path.rsplit("::").next()?))
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
        let mounted: Vec<(usize, usize)> = matching
            .pairs
            .iter()
            .copied()
            .filter(|pair| self.sides(*pair).is_some_and(|(a, b)| mount(a) == Mount::No && mount(b) == Mount::Yes))
            .collect();
        for pair in mounted {
            matching.pairs.remove(&pair);
            matching.added.insert(pair.1);
        }
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

    /// Did a router or an attribute serve it, and is it stated now where nothing serves it: by a router that nothing
    /// takes up, or by a mark alone, which is known to be untrue?
    fn is_unmounted(&self, old: &Endpoint, new: &Endpoint) -> bool {
        if mount(old) == Mount::Yes && mount(new) == Mount::No {
            return true;
        }
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
}

/// Does something serve it?
fn mount(endpoint: &Endpoint) -> Mount {
    match &endpoint.content {
        EndpointContent::Http(http) => http.mount,
        _ => Mount::Yes,
    }
}

/// The paths of the items that carry a mark.
fn marked_items(set: &EndpointSet) -> BTreeSet<&str> {
    set.endpoints.iter().filter(|e| e.marked).filter_map(item_path).filter_map(|path| path.split('@').next()).collect()
}

/// Under which conditions everything is there that both sides have, their fields, variants and members too.
fn conditions(old: &EndpointSet, new: &EndpointSet, matching: &Matching) -> BTreeSet<(Condition, Condition)> {
    let mut out = BTreeSet::new();
    for (i, j) in &matching.pairs {
        let (Some(a), Some(b)) = (old.endpoints.get(*i), new.endpoints.get(*j)) else { continue };
        if a.condition != Condition::Always {
            out.insert((a.condition.clone(), b.condition.clone()));
        }
        let parts = form_of(a).into_iter().flat_map(conditional_parts);
        let theirs: BTreeMap<String, &str> = form_of(b).into_iter().flat_map(conditional_parts).collect();
        for (name, was) in parts {
            let read = |text: &str| text.parse().unwrap_or(Condition::Always);
            let is = theirs.get(&name).map_or(Condition::Always, |is| read(is));
            out.insert((a.condition.clone().and(read(was)), b.condition.clone().and(is)));
        }
    }
    out
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
