//! Endpoints that both sides have: what became of each, and what its content says.

use super::nature::{item_path, owner, path_of, shown};
use super::{PathChange, Sets, mount};
use crate::diff::conditions::Narrowed;
use crate::diff::http::{self, Occurrence};
use crate::diff::matching::Matching;
use crate::diff::shapes::Cause;
use crate::diff::word::{Family, Position};
use crate::diff::{Change, ChangeKind as K, items, lifetimes, messages, parameters, paths, shadow};
use crate::model::{
    Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Http, Parameter, PathTemplate, Presence, Stability,
};

impl Sets<'_> {
    /// Pairs removed and added routes of which one path is the other with other parameters.
    pub(super) fn related_paths(&mut self, matching: &mut Matching) -> Vec<PathChange> {
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
        listed && http::compare(&mut self.walker, (x, y), (from, to), literals).iter().all(|o| !o.kind.hurts())
    }

    /// Compares two endpoints that belong together.
    pub(super) fn pair(
        &mut self,
        pair: (usize, usize),
        literals: &[(String, String)],
        kind_changed: bool,
        withdrawn: bool,
    ) {
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
        if mount(a) < mount(b) {
            let module = |path: &String| path.rsplit_once("::").map_or(path.as_str(), |(module, _)| module).to_owned();
            let is = b.handler.as_ref().map(module);
            self.causes.add(Change { is, ..self.at_pair(K::EndpointMountUnknown, pair) }, None);
        }
        // Outside the promise nothing else counts; leaving and entering it were said.
        let promised = a.stability == Stability::Stable;
        if !promised && (b.stability == Stability::Stable || a.kind() != b.kind()) {
            return;
        }
        if kind_changed && a.kind() != b.kind() {
            // What lost its mark is of no kind that was said, and told already.
            if self.counts(a) && !self.counts(b) {
                return;
            }
            let (was, is) = (Some(a.kind().word().to_owned()), Some(b.kind().word().to_owned()));
            let change = Change { was, is, ..self.at_pair(K::EndpointKindChanged, pair) };
            return self.causes.add(change, None);
        }
        let mut occurrences = self.content((a, b), literals);
        if let Some((kind, constant)) = items::patterns::lost(a, b, self.old) {
            let found = http::endpoint().values(constant, "");
            let condition = Condition::Always;
            occurrences.push(Occurrence { kind, at: String::new(), found, message: false, condition });
        }
        for occurrence in occurrences {
            if occurrence.kind == K::ParameterRequired && self.goes_to_the_next(b, &occurrence.at) {
                continue;
            }
            let Some(occurrence) = self.in_builds(occurrence, pair) else { continue };
            let change = self.occurrence(&occurrence, pair);
            // What only an unstable feature shows nobody promised.
            let unpromised = occurrence.condition.needs(&Condition::is_unstable).is_some();
            let causes = if promised && !unpromised { &mut self.causes } else { &mut self.outside };
            causes.add(change, occurrence.found.cause.as_ref());
        }
    }

    /// Rocket hands a request that a route refuses to the next one of its path: does one stand there that does not ask for
    /// this parameter?
    fn goes_to_the_next(&self, endpoint: &Endpoint, at: &str) -> bool {
        if endpoint.framework.as_deref() != Some("rocket") {
            return false;
        }
        let required = |p: &Parameter| p.presence == Presence::Always && parameters::at(p) == at;
        let asks = |http: &Http| http.parameters.iter().any(required);
        let identity = endpoint.identity();
        self.new.endpoints.iter().any(|other| {
            let beside = other.handler != endpoint.handler || other.place != endpoint.place;
            let takes = matches!(&other.content, EndpointContent::Http(http) if !asks(http));
            beside && takes && other.identity() == identity && !other.condition.excludes(&endpoint.condition)
        })
    }

    /// What was found by names, seen by the builds that there are; nothing where no build tells.
    fn in_builds(&self, mut occurrence: Occurrence, pair: (usize, usize)) -> Option<Occurrence> {
        let (a, b) = self.sides(pair)?;
        let (was, is) = (occurrence.found.was.clone(), occurrence.found.is.clone());
        match occurrence.kind {
            // The feature itself is gone, and says so.
            K::ItemFeatureNarrowed if !self.has_feature(was.as_deref()) => return None,
            K::ItemFeatureNarrowed => {
                let name = item_path(a).and_then(|path| path.strip_prefix("feature "));
                match self.builds.narrowed(name?, was.as_deref()?, &self.conditions) {
                    Narrowed::Loses => {}
                    Narrowed::Keeps => return None,
                    Narrowed::Unseen => occurrence.kind = K::ItemFeatureEffectUnknown,
                }
            }
            K::EndpointConditionChanged | K::EndpointConditionRelaxed => {
                let part = |text: &Option<String>| match text.as_deref() {
                    None | Some("") => Condition::Always,
                    Some(text) => text.parse().unwrap_or_default(),
                };
                let (was, is) = (part(&was), part(&is));
                let whole = (a.condition.clone().and(was.clone()), b.condition.clone().and(is.clone()));
                let owner = (a.condition.clone(), b.condition.clone());
                let around =
                    lifetimes::Around { conditions: (&whole.0, &whole.1), owner: Some(&owner), builds: &self.builds };
                let said = lifetimes::conditions(&around, true)?;
                if said.kind != K::EndpointConditionRelaxed {
                    occurrence.kind = said.kind;
                }
                let mut found = http::endpoint();
                (found.was, found.is) = (lifetimes::text(&was), lifetimes::text(&is));
                occurrence.found = found;
            }
            _ => {}
        }
        Some(occurrence)
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
                (Some(from), Some(to)) => {
                    let mut all = http::compare(&mut self.walker, (a, b), (from, to), literals);
                    if old.framework != new.framework || !http::tell_alike(a, b) {
                        all.iter_mut().for_each(|one| one.kind = doubted(one.kind));
                    }
                    all
                }
                _ => Vec::new(),
            },
            (C::Item(a), C::Item(b)) => match self.moved.signature(a) {
                Some(mut a) => {
                    // Its old paths lead to it as before.
                    if item_path(old).is_some_and(|path| self.moved.is_aliased(path)) {
                        a.paths.clone_from(&b.paths);
                    }
                    items::compare(&a, b, &self.implied)
                }
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
                let at = Position::of(Family::Config);
                http::walked(&mut self.walker, (*a, *b), at, "config", None)
            }
            // The keys say the same kind; a content of another one is a kind that changed.
            _ => {
                let found = http::endpoint().values(old.kind().word(), new.kind().word());
                let condition = Condition::Always;
                vec![Occurrence { kind: K::EndpointKindChanged, at: String::new(), found, message: false, condition }]
            }
        }
    }

    /// A change of a pair as such, with the places of its endpoints.
    pub(super) fn at_pair(&self, kind: K, (i, j): (usize, usize)) -> Change {
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
            condition: self.sides((i, j)).map_or(Condition::Always, |(a, b)| match kind {
                // What it was before held nobody.
                K::EndpointStabilized => b.condition.clone(),
                _ => both(&a.condition, &b.condition),
            }),
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

    pub(super) fn path_changed(&mut self, path: &PathChange) {
        let Some((a, b)) = self.sides(path.pair) else { return };
        if !self.counts(a) && !self.counts(b) || a.stability != Stability::Stable {
            return;
        }
        let text = |e: &Endpoint| path_of(e).map(PathTemplate::render);
        let (was, is) = (text(a), text(b));
        let change = Change { was, is, ..self.at_pair(path.kind, path.pair) };
        self.causes.add(change, None);
    }
}

/// Where a document begins to state credentials, or ends to, nobody knows those of the other side.
fn doubted(kind: K) -> K {
    match kind {
        K::EndpointAuthRequired | K::EndpointAuthRelaxed | K::EndpointAuthChanged => K::EndpointAuthUnknown,
        kind => kind,
    }
}

/// The builds in which two sides meet; of those that never meet nothing is said.
fn both(old: &Condition, new: &Condition) -> Condition {
    match old.clone().and(new.clone()) {
        Condition::Never => Condition::Always,
        condition => condition,
    }
}
