//! One cause, one finding: occurrences of a change, met by many endpoints, put down to the member behind it.

use super::shapes::Cause;
use super::{Change, ChangeKind};
use crate::model::{Member, Place};
use std::collections::{BTreeMap, BTreeSet};

/// Changes by cause.
#[derive(Debug, Default)]
pub(super) struct Causes {
    groups: BTreeMap<Key, Group>,
}

/// What makes two occurrences one: never the path, where the cause is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: ChangeKind,
    message: bool,
    by: By,
    was: Option<String>,
    is: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Members(Option<(String, String)>, Option<(String, String)>),
    /// What stands in two places, and where the change is in it.
    Code(Place, Place, String),
    Endpoint(String, String),
}

#[derive(Debug)]
struct Group {
    change: Change,
    reaches: BTreeSet<String>,
}

impl Causes {
    /// One occurrence, at one endpoint (the only one in `reaches`).
    pub(super) fn add(&mut self, change: Change, cause: Option<&Cause>) {
        let endpoint = change.reaches.first().cloned().unwrap_or_default();
        let named = |member: &Member| (member.owner.clone(), member.name.clone());
        let grouped = match change.kind {
            // The type, macro, feature, header or condition is the cause, wherever it is met.
            ChangeKind::RequestOpaqueChanged
            | ChangeKind::ResponseOpaqueChanged
            | ChangeKind::WireFeatureChanged
            | ChangeKind::ItemAutoTraitUnknown
            | ChangeKind::ItemImplUnknown
            | ChangeKind::EndpointLayerChanged
            | ChangeKind::EndpointMountUnknown
            | ChangeKind::EndpointAuthUnknown
            | ChangeKind::EndpointConditionChanged
            | ChangeKind::EndpointConditionRelaxed
            | ChangeKind::ResponseHeaderAdded
            | ChangeKind::ResponseHeaderGuaranteed
            | ChangeKind::ResponseHeaderOptional
            | ChangeKind::ResponseHeaderRemoved => by_name(&change),
            _ => None,
        };
        let by = grouped.unwrap_or_else(|| match cause {
            Some(Cause { old, new }) if old.is_some() || new.is_some() => {
                By::Members(old.as_ref().map(named), new.as_ref().map(named))
            }
            _ => by_name(&change).unwrap_or_else(|| by_place(&change, &endpoint)),
        });
        let key =
            Key { kind: change.kind, message: change.message, by, was: change.was.clone(), is: change.is.clone() };
        match self.groups.get_mut(&key) {
            Some(group) => {
                let condition = group.change.condition.clone().or(change.condition.clone());
                // The least endpoint speaks for all of them, with the first place at which it meets the change.
                if group.reaches.first().is_some_and(|least| endpoint < *least) {
                    group.change = change;
                }
                group.change.condition = condition;
                group.reaches.insert(endpoint);
            }
            None => {
                self.groups.insert(key, Group { change, reaches: BTreeSet::from([endpoint]) });
            }
        }
    }

    /// All changes, sorted by kind, endpoint and path.
    pub(super) fn finish(self) -> Vec<Change> {
        let worst = worst_of_messages(&self.groups);
        let mut out: Vec<Change> = self
            .groups
            .into_iter()
            .filter(|(key, _)| !key.message || key.kind.hurts() || !worst.contains(&key.by))
            .map(|(_, group)| Change { reaches: group.reaches.into_iter().collect(), ..group.change })
            .collect();
        out.sort_by(|a, b| (a.kind, &a.reaches, &a.at, &a.was, &a.is).cmp(&(b.kind, &b.reaches, &b.at, &b.was, &b.is)));
        out
    }
}

/// One handler may answer several routes: what changes inside it is one change. What changes of an endpoint itself is its
/// own.
fn by_place(change: &Change, endpoint: &str) -> By {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if !change.at.is_empty() => By::Code(old.clone(), new.clone(), change.at.clone()),
        _ => By::Endpoint(endpoint.to_owned(), change.at.clone()),
    }
}

/// Some changes are caused by a named type without members: an extractor, a type that nobody can look into.
fn by_name(change: &Change) -> Option<By> {
    let named = |name: &Option<String>| name.as_ref().map(|n| (n.clone(), String::new()));
    match change.kind {
        ChangeKind::EndpointExtractorAdded | ChangeKind::EndpointMountUnknown => {
            Some(By::Members(None, Some(named(&change.is)?)))
        }
        ChangeKind::EndpointLayerChanged | ChangeKind::EndpointAuthUnknown => {
            Some(By::Members(named(&change.was), named(&change.is)))
        }
        ChangeKind::RequestOpaqueChanged | ChangeKind::ResponseOpaqueChanged => {
            let (was, is) = (named(&change.was), named(&change.is));
            (was.is_some() || is.is_some()).then_some(By::Members(was, is))
        }
        ChangeKind::WireFeatureChanged | ChangeKind::ItemAutoTraitUnknown | ChangeKind::ItemImplUnknown => {
            Some(By::Members(Some(named(&change.was)?), Some(named(&change.is)?)))
        }
        ChangeKind::ResponseHeaderAdded | ChangeKind::ResponseHeaderGuaranteed => {
            Some(By::Members(None, Some(named(&change.is)?)))
        }
        ChangeKind::ResponseHeaderOptional | ChangeKind::ResponseHeaderRemoved => {
            Some(By::Members(Some(named(&change.was)?), None))
        }
        // No condition is none by name.
        ChangeKind::EndpointConditionChanged | ChangeKind::EndpointConditionRelaxed => {
            Some(By::Members(named(&change.was), named(&change.is)))
        }
        _ => None,
    }
}

/// A message is read and written at once, and the worse of the two is what it means: the causes that hurt.
fn worst_of_messages(groups: &BTreeMap<Key, Group>) -> BTreeSet<By> {
    groups.keys().filter(|key| key.message && key.kind.hurts()).map(|key| key.by.clone()).collect()
}
