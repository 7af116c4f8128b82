//! Endpoints that only one side has.

use super::nature::{self, form_of, is_dependency, is_impl, is_private, item_path, of_auto_trait, owner, shown};
use super::{Sets, mount};
use crate::diff::items::{self, unread::Doubt};
use crate::diff::matching::Matching;
use crate::diff::shapes::Cause;
use crate::diff::{Change, ChangeKind as K, blind, parameters, text};
use crate::model::{
    Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, IMPLICIT_FEATURE, Kind, Mount, Stability,
};
use std::collections::BTreeSet;

impl Sets<'_> {
    /// Endpoints that only one side has.
    pub(super) fn lone(&mut self, matching: &Matching) {
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

    /// What is not read on the old side, and is another text on the new one: an endpoint in it may be gone.
    pub(super) fn unread(&mut self) {
        let promised = self.compared > 0 || self.old.endpoints.iter().any(|endpoint| self.counts(endpoint));
        for (module, was) in self.old.unread.iter().filter(|_| promised) {
            let is = self.new.unread.get(module);
            // Where an endpoint of the new side may have been hidden there, that is said.
            let said = self
                .blinded
                .iter()
                .any(|blinded| blinded.missing_in_old && blinded.blind_spot.hides.as_ref() == Some(module));
            if said || is.is_some_and(|is| is.hash == was.hash) {
                continue;
            }
            let (old, new) = (Some(was.place.clone()), is.map(|is| is.place.clone()));
            let gone = is.is_none().then(|| "gone".to_owned());
            let change = Change { old, new, is: gone, ..blank(K::UnreadChanged, module.clone()) };
            self.causes.add(change, None);
        }
    }

    fn gone(&mut self, i: usize, matching: &Matching) {
        let Some(endpoint) = self.old.endpoints.get(i) else { return };
        let counts = self.counts(endpoint) || self.promised_since.contains(&i);
        if !counts || endpoint.stability != Stability::Stable || is_dependency(endpoint) {
            return;
        }
        let away = |path: &str| self.moved.is_away(path);
        let of_away =
            || item_path(endpoint).is_some_and(|path| words(path).any(|path| away(path) || self.is_by_glob(path)));
        if owner(endpoint).is_some_and(away) || is_impl(endpoint).is_some() && of_away() {
            // What it is there is not known, which the item says.
            return;
        }
        // A type that nobody could name: what handed it out says that it hands out another one.
        if is_unnamed(endpoint) || owner(endpoint).is_some_and(|of| of.starts_with("~::") && !has(self.new, of)) {
            return;
        }
        if self.is_member_of_both(self.old, endpoint)
            || self.is_part_of(self.old, &matching.removed, endpoint)
            || is_impl(endpoint).is_some()
                && (items::covers::covered(endpoint, (self.old, self.new), &self.moved)
                    || items::covers::has_other_parameters(endpoint, self.new))
        {
            return;
        }
        if mount(endpoint) == Mount::No {
            return;
        }
        // Of a trait that nobody can name, and that nothing asks for any more, or by another name.
        if is_impl(endpoint).is_some() && !self.is_asked_for(endpoint) {
            return;
        }
        let id = self.old_ids.get(i).cloned().unwrap_or_default();
        let withdrawn = matching.withdrawn.contains(&i);
        if let Some(spot) = nature::nowhere(endpoint).filter(|_| !withdrawn) {
            return self.blinded.push(blind::blinded(endpoint, &id, false, spot));
        }
        let spot = blind::could_hold(endpoint, self.new, &matching.added);
        if let Some(spot) = spot.filter(|spot| !withdrawn && !blind::is_unchanged(spot, self.old, self.new)) {
            return self.blinded.push(blind::blinded(endpoint, &id, false, spot));
        }
        if is_impl(endpoint).is_some()
            && let Some(spot) = blind::could_implement(self.old, self.new)
        {
            return self.blinded.push(blind::blinded(endpoint, &id, false, spot));
        }
        if let Some(spot) = blind::unread_beside(endpoint, self.old, self.new).filter(|_| !withdrawn) {
            return self.blinded.push(blind::blinded(endpoint, &id, false, spot));
        }
        // Nobody can ask for it, and without it more is allowed.
        if item_path(endpoint).is_some_and(|path| path.starts_with("impl std::ops::Drop for ")) {
            return;
        }
        if self.is_inferred(endpoint) || self.is_doubtful(endpoint, &id, false) {
            return;
        }
        if is_impl(endpoint).is_some()
            && let Some(head) = items::covers::blanket(endpoint, (self.old, self.new), &self.moved)
        {
            let (old, is) = (Some(shown(endpoint)), Some(head.to_owned()));
            let change = Change { is, old, ..blank(K::ItemImplUnknown, id) };
            return self.causes.add(change, None);
        }
        if self.own_module(endpoint) {
            let (was, is) = (items::moved::target(endpoint).map(str::to_owned), Some("a module".to_owned()));
            let change = Change { was, is, old: Some(shown(endpoint)), ..blank(K::ItemTypeUnknown, id) };
            return self.causes.add(change, None);
        }
        if let Some(target) = self.fresh_glob(endpoint) {
            let change = Change { is: Some(target), old: Some(shown(endpoint)), ..blank(K::ItemMovedAway, id) };
            return self.causes.add(change, None);
        }
        let announced =
            endpoint.lifetime.deprecated.is_some() || endpoint.lifetime.removed.is_some() && !endpoint.lifetime.native;
        let kind = if form_of(endpoint).is_some_and(|form| matches!(form, Form::Feature(_))) {
            if self.is_unused_dependency(endpoint) { K::ItemOptionalDependencyRemoved } else { K::ItemFeatureRemoved }
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
        let unmounted = self.new.endpoints.iter().find(|e| {
            mount(e) == Mount::No
                && (e.key == endpoint.key || endpoint.handler.is_some() && e.handler == endpoint.handler)
        });
        let is = inside.map(|_| "private").or(unmounted.map(|_| "unmounted")).map(str::to_owned);
        let new = inside.or(unmounted).map(shown);
        let condition = endpoint.condition.clone();
        let change = Change { old: Some(shown(endpoint)), new, was, is, related, condition, ..blank(kind, id) };
        self.causes.add(change, None);
    }

    fn come(&mut self, j: usize, matching: &Matching) {
        let Some(endpoint) = self.new.endpoints.get(j) else { return };
        if !self.counts(endpoint) || endpoint.stability != Stability::Stable || is_dependency(endpoint) {
            return;
        }
        if mount(endpoint) == Mount::No {
            return;
        }
        // A snapshot of marked items may have been taken without what is implemented for them.
        let implied = endpoint.is_impl() && !endpoint.marked && !self.options.implicit_public;
        if implied && !self.old.endpoints.iter().any(Endpoint::is_impl) {
            return;
        }
        // More types fit what asks for a trait that nobody can name.
        if item_path(endpoint).is_some_and(|path| path.starts_with("impl ~::")) || is_unnamed(endpoint) {
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
            Some(true) => self.blanket(endpoint),
            Some(false) if self.is_taken_apart(endpoint) => K::ItemDropAdded,
            _ => K::EndpointAdded,
        };
        let condition = endpoint.condition.clone();
        let added = Change { new: Some(shown(endpoint)), related, condition, ..blank(kind, id.clone()) };
        self.causes.add(added, None);
        let EndpointContent::Http(http) = &endpoint.content else { return };
        for parameter in http.parameters.iter().filter(|p| parameters::is_unreadable(&self.new.shapes, p)) {
            let is = Some(text::shape(&self.new.shapes, parameter.shape));
            let at = parameters::unreadable_at(parameter);
            let new = Some(parameter.member.place.clone());
            let change = Change { new, is, at, ..blank(K::ParameterUnreadable, id.clone()) };
            self.causes.add(change, Some(&Cause { old: None, new: Some(parameter.member.clone()) }));
        }
    }

    /// Can the trait of an impl be named, or is there another impl of it on the new side still?
    fn is_asked_for(&self, endpoint: &Endpoint) -> bool {
        let of = item_path(endpoint).and_then(|path| path.split_once(" for ")).map(|(of, _)| of).unwrap_or_default();
        let Some(of) = of.split('<').next().filter(|of| of.starts_with("impl ~::")) else { return true };
        let same = |path: &str| path.strip_prefix(of).is_some_and(|rest| rest.starts_with(['<', ' ']));
        self.new.endpoints.iter().filter_map(item_path).any(same)
    }

    /// Is it a feature that only an optional dependency was, and behind which no item of the old side stands?
    fn is_unused_dependency(&self, endpoint: &Endpoint) -> bool {
        let EndpointContent::Item(signature) = &endpoint.content else { return false };
        let name = item_path(endpoint).and_then(|path| path.strip_prefix("feature ")).unwrap_or_default();
        let stands_behind = |(was, _): &(Condition, Condition)| {
            was.clone().given(&|leaf| matches!(leaf, Condition::Feature(own) if own == name).then_some(true)) != *was
        };
        signature.text == IMPLICIT_FEATURE && !self.conditions.iter().any(stands_behind)
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

    /// A glob of another package that the new side alone has beside the item, and that may bring it.
    fn fresh_glob(&self, endpoint: &Endpoint) -> Option<String> {
        let path = item_path(endpoint).filter(|_| owner(endpoint).is_none())?;
        // The module itself, or one around it, may come from there.
        let around = |module: &str| path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"));
        let globs = |set: &'_ EndpointSet| -> BTreeSet<String> {
            let globs = set.endpoints.iter().filter_map(item_path).filter_map(|path| path.split_once("::* of "));
            globs.filter(|(module, _)| around(module)).map(|(_, of)| of.to_owned()).collect()
        };
        let (old, new) = (globs(self.old), globs(self.new));
        let glob = new.difference(&old).next().map(|path| format!("{path}::*"));
        glob.or_else(|| items::moved::by_module(path, &items::moved::exported(self.new)))
    }

    /// The module that stands in the place of one of another package: what of that it has is not known.
    fn own_module(&self, endpoint: &Endpoint) -> bool {
        let EndpointContent::Item(signature) = &endpoint.content else { return false };
        let Some(path) = item_path(endpoint).filter(|_| signature.item == "use") else { return false };
        let inside = |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with("::"));
        self.new.endpoints.iter().filter_map(item_path).any(inside)
    }

    /// Is it a type or trait that is gone, and that a glob may bring from another package?
    fn is_by_glob(&self, path: &str) -> bool {
        let of = |endpoint: &&Endpoint| owner(endpoint).is_none() && item_path(endpoint) == Some(path);
        let was = self.old.endpoints.iter().find(of);
        was.is_some_and(|endpoint| !has(self.new, path) && self.fresh_glob(endpoint).is_some())
    }

    /// What it means that a trait is implemented for all types of some bounds: for the types themselves, or for
    /// references to them and the like, which few implement it for.
    fn blanket(&self, endpoint: &Endpoint) -> K {
        let Some((of, own)) = item_path(endpoint).and_then(|path| path.strip_prefix("impl ")?.split_once(" for "))
        else {
            return K::EndpointAdded;
        };
        let base = of.split('<').next().unwrap_or_default();
        // Nobody else has a trait that is new, or that others cannot implement.
        let closed = |path: &str| {
            let of = path.split(['<', ' ']).next().unwrap_or_default();
            let own = of.split("::").next() == base.split("::").next();
            let was = self.old.endpoints.iter().filter(|e| item_path(e) == Some(of)).find_map(|e| form_of(e));
            own && was.is_none_or(|form| matches!(form, Form::Trait(form) if form.sealed)) || of.starts_with("~::")
        };
        // Nobody implements a function's traits, so that nobody's type is among these.
        let parameter = own.trim_start_matches('&').trim_start_matches("mut ");
        let asks = |bound: &'_ str| -> Option<String> {
            bound.split_once(": ").filter(|(subject, _)| *subject == parameter).map(|(_, of)| of.to_owned())
        };
        let called = |bound: &String| {
            asks(bound).is_some_and(|of| {
                ["std::ops::Fn(", "std::ops::FnMut(", "std::ops::FnOnce("].iter().any(|f| of.contains(f))
            })
        };
        match form_of(endpoint) {
            Some(Form::Impl(form))
                if form.bounds.iter().any(|bound| called(bound) || asks(bound).is_some_and(|of| closed(&of))) =>
            {
                K::EndpointAdded
            }
            _ if closed(base) => K::EndpointAdded,
            _ if own.starts_with('&') => K::ItemReferenceImplAdded,
            _ => K::ItemBlanketImplAdded,
        }
    }

    /// An impl of `Drop` for a type that others move parts out of, or that borrows, or may.
    fn is_taken_apart(&self, endpoint: &Endpoint) -> bool {
        let of_drop = item_path(endpoint).is_some_and(|path| path.starts_with("impl std::ops::Drop for "));
        let mut types = self.new.endpoints.iter().filter(|e| of_drop && item_path(e) == owner(endpoint));
        types.any(|e| {
            form_of(e).is_some_and(|form| matches!(form, Form::Type(form) if form.may_borrow() || form.has_fields()))
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
        let Doubt::May(makers, why) = doubt else { return true };
        let place = Some(shown(endpoint));
        let (old, new) = if fresh { (None, place) } else { (place, None) };
        let (was, is) = (Some(makers), Some(why.to_owned()));
        self.causes.add(Change { old, new, was, is, ..blank(K::ItemImplUnknown, id.to_owned()) }, None);
        true
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

/// The paths in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':'))).filter(|word| !word.is_empty())
}

/// Is it a type that nobody can name?
fn is_unnamed(endpoint: &Endpoint) -> bool {
    owner(endpoint).is_none() && item_path(endpoint).is_some_and(|path| path.starts_with("~::"))
}

/// Has the side an item of this path?
fn has(set: &EndpointSet, path: &str) -> bool {
    set.endpoints.iter().any(|endpoint| owner(endpoint).is_none() && item_path(endpoint) == Some(path))
}
