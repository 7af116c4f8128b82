//! What changed for users between two sets, by section of the API, with the way from the old to the new.

use super::case::{Given, Settings};
use super::effects::effect_of;
use super::rules::rule_of;
use super::{Effect, Level, Policy, message};
use crate::diff::{Change, ChangeKind, Diff};
use crate::model::{Endpoint, EndpointSet, Lifetime};
use std::collections::{BTreeMap, BTreeSet};

/// The changes of one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Package name.
    pub name: String,
    /// The old version as the policy writes it.
    pub from: Option<String>,
    /// The new one; `None` while it is that of the old side.
    pub to: Option<String>,
    /// By name; what belongs to no section comes first.
    pub sections: Vec<Section>,
    /// What is said of a section without changes.
    pub empty: Option<String>,
    /// What could not be seen: the list may lack something.
    pub unknown: Vec<String>,
}

/// The changes of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name; `None` for what belongs to none.
    pub name: Option<String>,
    /// By group, endpoint and place on the wire.
    pub entries: Vec<Entry>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Where it is listed.
    pub group: Group,
    /// Those of its section that meet it.
    pub endpoints: Vec<String>,
    /// Where on the wire; empty for the endpoint itself.
    pub at: String,
    /// What happened; `None` where the group says it all.
    pub message: Option<String>,
    /// What clients do about it.
    pub migration: Option<String>,
    /// Rule id.
    pub rule: &'static str,
    /// `false` where clients may or may not notice.
    pub certain: bool,
}

/// Under which heading a change is listed, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Somebody is hurt.
    Breaking,
    /// An endpoint is gone.
    Removed,
    /// An endpoint is going to go.
    Deprecated,
    /// Something new.
    Added,
    /// An existing endpoint changed and nobody is hurt.
    Changed,
}

impl Group {
    /// The word in headings and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Removed => "Removed",
            Self::Deprecated => "Deprecated",
            Self::Added => "Added",
            Self::Changed => "Changed",
        }
    }
}

/// Lists what `diff` holds. `sections` are names that are known besides those of the endpoints.
#[must_use]
pub fn changelog(
    policy: &Policy,
    settings: &Settings,
    (old, new): (Given<'_>, Given<'_>),
    diff: &Diff,
    sections: &BTreeSet<String>,
) -> Changes {
    let by_id = |set: &'_ EndpointSet| -> BTreeMap<String, Endpoint> {
        set.ids().into_iter().zip(set.endpoints.iter().cloned()).collect()
    };
    let sides = Sides { old: by_id(old.set), new: by_id(new.set) };
    let mut all: BTreeMap<Option<String>, BTreeSet<Entry>> = BTreeMap::new();
    let known = sides.old.values().chain(sides.new.values()).filter_map(|e| e.section.clone());
    for name in known.chain(sections.iter().cloned()) {
        all.entry(Some(name)).or_default();
    }
    for change in &diff.changes {
        let rule = rule_of(change.kind);
        let level = settings.levels.of(rule, policy);
        let effect = effect_of(change, &settings.clients, &settings.effects);
        let Some(group) = group(change.kind, effect).filter(|_| level > Level::Allow) else { continue };
        for (section, endpoints) in sides.by_section(change) {
            all.entry(section).or_default().insert(Entry {
                group,
                at: change.at.clone(),
                message: Some(message(change)).filter(|_| !says_all(change.kind)),
                migration: endpoints.first().and_then(|id| sides.migration(change.kind, id)),
                rule: rule.id,
                certain: level == Level::Deny || effect != Effect::Breaking,
                endpoints,
            });
        }
    }
    let written = |text: Option<&str>| {
        text.map(|t| policy.scheme.parse(t).map_or_else(|_| t.to_owned(), |v| policy.scheme.render(&v)))
    };
    let (from, to) = (written(old.version), written(new.version));
    let hidden = diff.blinded.iter().map(|b| format!("{}: {}", b.endpoint, b.blind_spot.detail));
    Changes {
        name: new.set.package.clone(),
        to: to.filter(|to| from.as_ref() != Some(to)),
        from,
        sections: all
            .into_iter()
            .map(|(name, entries)| Section { name, entries: entries.into_iter().collect() })
            .filter(|s| s.name.is_some() || !s.entries.is_empty())
            .collect(),
        empty: policy.changelog_empty.clone(),
        unknown: hidden.collect(),
    }
}

fn group(kind: ChangeKind, effect: Effect) -> Option<Group> {
    Some(match (kind, effect) {
        (_, Effect::None) => return None,
        (ChangeKind::EndpointRemoved | ChangeKind::DeprecatedEndpointRemoved, _) => Group::Removed,
        (_, Effect::Breaking) => Group::Breaking,
        (_, Effect::Deprecation) => Group::Deprecated,
        (_, Effect::Addition) => Group::Added,
        (_, Effect::Compatible) => Group::Changed,
    })
}

/// The heading and the endpoint say what happened.
fn says_all(kind: ChangeKind) -> bool {
    matches!(
        kind,
        ChangeKind::EndpointAdded
            | ChangeKind::EndpointRemoved
            | ChangeKind::DeprecatedEndpointRemoved
            | ChangeKind::EndpointDeprecated
    )
}

struct Sides {
    old: BTreeMap<String, Endpoint>,
    new: BTreeMap<String, Endpoint>,
}

impl Sides {
    /// The endpoints that a change reaches, by their section: where they are now, else where they were.
    fn by_section(&self, change: &Change) -> BTreeMap<Option<String>, Vec<String>> {
        let mut out: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
        for id in &change.reaches {
            let endpoint = self.new.get(id).or_else(|| self.old.get(id));
            out.entry(endpoint.and_then(|e| e.section.clone())).or_default().push(id.clone());
        }
        out
    }

    /// What the marks say to those who used it.
    fn migration(&self, kind: ChangeKind, id: &str) -> Option<String> {
        let lifetime = match kind {
            ChangeKind::EndpointDeprecated | ChangeKind::EndpointRemovalAdvanced => &self.new.get(id)?.lifetime,
            // The mark may be gone with the endpoint, or say on the new side that it was removed.
            ChangeKind::EndpointRemoved | ChangeKind::DeprecatedEndpointRemoved => {
                &self.new.get(id).or_else(|| self.old.get(id))?.lifetime
            }
            _ => return None,
        };
        let goes = lifetime.removed.as_ref().filter(|step| {
            kind != ChangeKind::EndpointRemoved
                && kind != ChangeKind::DeprecatedEndpointRemoved
                && step.version != "next"
        });
        let parts = [instead(lifetime), goes.map(|step| format!("it goes in {}", step.version))];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty())
    }
}

/// `use GET /v4/sync instead: note`.
fn instead(lifetime: &Lifetime) -> Option<String> {
    let steps = || lifetime.removed.iter().chain(&lifetime.deprecated);
    let replaced_by = steps().find_map(|step| step.replaced_by.as_ref());
    let note =
        steps().find_map(|step| step.note.as_ref()).map(|note| note.split_whitespace().collect::<Vec<_>>().join(" "));
    match (replaced_by, note.filter(|n| !n.is_empty())) {
        (Some(other), Some(note)) => Some(format!("use `{other}` instead: {note}")),
        (Some(other), None) => Some(format!("use `{other}` instead")),
        (None, note) => note,
    }
}
