//! Since, deprecated, removed; stable or not; marked, published, conditional: what a pair of endpoints says of itself.

use super::conditions::{Builds, Kept};
use super::versions;
use super::{ChangeKind as K, Options};
use crate::model::{Condition, Endpoint, Kind, Lifetime, Published, Stability, Step};
use std::cmp::Ordering;

/// A change of an endpoint as such: its kind and values.
pub(super) struct Said {
    pub kind: K,
    pub was: Option<String>,
    pub is: Option<String>,
    pub related: Option<String>,
}

impl Said {
    fn plain(kind: K) -> Self {
        Self { kind, was: None, is: None, related: None }
    }

    fn values(kind: K, was: impl Into<String>, is: impl Into<String>) -> Self {
        Self { was: Some(was.into()), is: Some(is.into()), ..Self::plain(kind) }
    }
}

/// Under which conditions a pair of endpoints is there.
pub(super) struct Around<'a> {
    /// Of both sides.
    pub conditions: (&'a Condition, &'a Condition),
    /// Of the item that they are parts of.
    pub owner: Option<&'a (Condition, Condition)>,
    /// What builds there are.
    pub builds: &'a Builds<'a>,
}

/// Everything but content and key. The baseline's promise speaks: what was unstable promised nothing. `goes_on`: the
/// end of the new lifetime is none, or was judged by published versions; `counts`: the new side promises it.
pub(super) fn compare(
    old: &Endpoint,
    new: &Endpoint,
    around: &Around<'_>,
    (goes_on, counts): (bool, bool),
    options: &Options,
) -> Vec<Said> {
    let Endpoint {
        key: _,
        content: _,
        marked,
        lifetime,
        stability,
        condition: _,
        published,
        behavior,
        edition: _,
        section: _,
        documented: _,
        handler: _,
        framework: _,
        place: _,
        mark_place: _,
    } = old;
    let mut out = Vec::new();
    let was_unstable = matches!(stability, Stability::Unstable { .. });
    match (*marked, new.marked) {
        (true, false) if was_unstable => {}
        (true, false) => out.push(Said { is: Some("unmarked".to_owned()), ..Said::plain(K::EndpointUnpublished) }),
        (false, true) => out.push(Said::plain(K::MarkAdded)),
        _ => {}
    }
    match (stability, &new.stability) {
        (Stability::Stable, Stability::Unstable { .. }) => out.push(Said::plain(K::EndpointDestabilized)),
        (Stability::Unstable { .. }, Stability::Stable) => {
            // Without a mark it is served and no promise now.
            out.extend(counts.then(|| Said::plain(K::EndpointStabilized)));
            return out;
        }
        (Stability::Unstable { .. }, Stability::Unstable { .. }) => return out,
        (Stability::Stable, Stability::Stable) => {}
    }
    match (published, new.published) {
        (Published::Yes, Published::No) => {
            out.push(Said { is: Some("unlisted".to_owned()), ..Said::plain(K::EndpointUnpublished) });
        }
        (Published::No, Published::Yes) => out.push(Said::plain(K::EndpointPublished)),
        _ => {}
    }
    // The first meaning is 1, said or not.
    let (was, is) = (behavior.unwrap_or(1), new.behavior.unwrap_or(1));
    if was != is {
        out.push(Said::values(K::EndpointBehaviorChanged, was.to_string(), is.to_string()));
    }
    let probed = old.kind() == Kind::Item && is_probed(around.conditions.0);
    let alone = around.conditions == (&old.condition, &new.condition);
    out.extend(conditions(around, alone).filter(|said| !probed || said.kind != K::EndpointConditionRelaxed));
    if !options.implicit_public {
        out.extend(features(around));
    }
    let ended = Lifetime { removed: None, ..new.lifetime.clone() };
    out.extend(ends(lifetime, if goes_on { &ended } else { &new.lifetime }, options));
    out
}

/// What became of the condition. A part of an item goes where the item goes: only builds count that had the item and
/// have it still.
pub(super) fn conditions(around: &Around<'_>, alone: bool) -> Option<Said> {
    let Around { conditions: (old, new), owner, builds } = *around;
    if old == new {
        return None;
    }
    let always = (Condition::Always, Condition::Always);
    let (was, is) = owner.unwrap_or(&always);
    let kind = match builds.kept(old, &new.clone().or(is.clone().negate())) {
        Kept::Some => K::EndpointConditionChanged,
        Kept::Doubtful => K::EndpointConditionDoubtful,
        // Written otherwise, the same builds.
        Kept::All
            if (*old == Condition::Always || owner.is_some() || !alone || builds.knows(new))
                && builds.kept(new, &old.clone().or(was.clone().negate())) == Kept::All =>
        {
            return None;
        }
        Kept::All => K::EndpointConditionRelaxed,
    };
    Some(Said { was: text(old), is: text(new), ..Said::plain(kind) })
}

/// A condition for messages; `None` is always.
pub(super) fn text(condition: &Condition) -> Option<String> {
    (*condition != Condition::Always).then(|| condition.to_string())
}

/// What the features of an unchanged condition are now, where they are no promises that say it themselves.
fn features(around: &Around<'_>) -> Option<Said> {
    let Around { conditions: (old, new), owner, builds } = *around;
    if old != new || *old == Condition::Always || owner.is_some() {
        return None;
    }
    if !builds.can_hold(new) {
        return Some(Said::values(K::EndpointConditionChanged, old.to_string(), Condition::Never.to_string()));
    }
    let said = || Said::values(K::EndpointConditionChanged, "feature = \"default\"", new.to_string());
    builds.was_default(old).then(said)
}

/// Deprecation and removal.
fn ends(old: &Lifetime, new: &Lifetime, options: &Options) -> Option<Said> {
    let Lifetime { since: _, deprecated, removed, native } = old;
    // What a framework publishes version by version was matched so: a new end lies above what was published.
    let by_version = *native || new.native;
    match (removed, &new.removed) {
        (None, Some(step)) if !by_version && is_now(step, options) => {
            let related = step.replaced_by.clone();
            return Some(match deprecated {
                Some(since) => {
                    Said { was: Some(since.version.clone()), related, ..Said::plain(K::DeprecatedEndpointRemoved) }
                }
                None => Said { related, ..Said::plain(K::EndpointRemoved) },
            });
        }
        (None, Some(step)) if deprecated.is_none() => {
            let replaced_by = step.replaced_by.clone().or_else(|| new.deprecated.as_ref()?.replaced_by.clone());
            return Some(Said { related: replaced_by, ..Said::plain(K::EndpointDeprecated) });
        }
        (None, Some(step)) => {
            return Some(Said { related: step.replaced_by.clone(), ..Said::plain(K::EndpointDeprecated) });
        }
        (Some(was), Some(is)) if nearer(was, is, options) => {
            return Some(Said::values(K::EndpointRemovalAdvanced, was.version.clone(), is.version.clone()));
        }
        _ => {}
    }
    match (deprecated, &new.deprecated) {
        (None, Some(step)) => Some(Said { related: step.replaced_by.clone(), ..Said::plain(K::EndpointDeprecated) }),
        (Some(_), None) if new.removed.is_none() => Some(Said::plain(K::EndpointUndeprecated)),
        _ => None,
    }
}

/// Is the removal due in the version in preparation, or before it?
fn is_now(step: &Step, options: &Options) -> bool {
    if step.version == "next" {
        return true;
    }
    let Some(preparation) = &options.in_preparation else { return false };
    // What cannot be compared may be now.
    (preparation.order)(&step.version, &preparation.version).is_none_or(|order| order != Ordering::Greater)
}

fn nearer(was: &Step, is: &Step, options: &Options) -> bool {
    if was.version == is.version || was.version == "next" {
        return false;
    }
    if is.version == "next" {
        return true;
    }
    let order = match &options.in_preparation {
        Some(preparation) => (preparation.order)(&is.version, &was.version),
        None => Some(versions::compare(&is.version, &was.version)),
    };
    order.is_none_or(|order| order == Ordering::Less)
}

/// Does the condition hang on nothing but flags that no platform has? A build script sets them, by what the compiler
/// can do: an item that no longer asks for one is there for newer compilers all along.
fn is_probed(condition: &Condition) -> bool {
    const OF_PLATFORMS: [&str; 6] = ["unix", "windows", "test", "debug_assertions", "doc", "miri"];
    match condition {
        Condition::Flag(flag) => !OF_PLATFORMS.contains(&flag.as_str()) && !flag.ends_with("_unstable"),
        Condition::Not(inner) => is_probed(inner),
        Condition::All(list) | Condition::Any(list) => list.iter().all(is_probed),
        _ => false,
    }
}
