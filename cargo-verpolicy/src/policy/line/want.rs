//! Which members are released, by which bump and why: by what changed in them, and by what they ship, speak to and
//! depend on.

use super::{Line, Member, Needed, Role};
use crate::policy::Policy;
use crate::policy::cell::Column;
use crate::policy::definition::StepKind;
use crate::policy::version::{Declared, LabelRow, Version};
use std::cmp::Ordering;

/// A release of one member.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Want {
    /// Index of the bump, in the member's policy.
    pub(super) bump: usize,
    /// Indices of the members whose version it takes.
    pub(super) with: Vec<usize>,
    /// Why, one clause each.
    pub(super) because: Vec<String>,
}

impl Want {
    fn new(bump: usize, because: String) -> Self {
        Self { bump, with: Vec::new(), because: vec![because] }
    }

    /// Adds another reason; the larger bump wins.
    pub(super) fn and(slot: &mut Option<Self>, bump: usize, because: String) -> bool {
        let Some(want) = slot else {
            *slot = Some(Self::new(bump, because));
            return true;
        };
        let larger = bump > want.bump;
        want.bump = want.bump.max(bump);
        if !want.because.contains(&because) {
            want.because.push(because);
        }
        larger
    }
}

/// The smallest bump of a member that moves a number.
pub(super) fn least(line: &Line<'_>, member: &Member<'_>) -> usize {
    smallest(line, member, |_, _| true)
}

/// The smallest bump of a member that may hold something new.
pub(super) fn feature(line: &Line<'_>, member: &Member<'_>) -> usize {
    smallest(line, member, |policy, bump| policy.bumps.get(bump).is_some_and(|b| b.allows.contains(&Column::Addition)))
}

/// An API member has no number of its own: it moves those of the line.
fn smallest(line: &Line<'_>, member: &Member<'_>, fits: impl Fn(&Policy, usize) -> bool) -> usize {
    let policy = member.policy;
    let shared = line.shared(policy);
    let numbers = |bump: &usize| match policy.bumps.get(*bump).map(|b| &b.step) {
        Some(StepKind::Numbers(steps)) => {
            member.role != Role::Api || steps.iter().any(|step| *step < shared) || shared == 0
        }
        _ => false,
    };
    (0..policy.bumps.len()).filter(numbers).find(|bump| fits(policy, *bump)).unwrap_or(0)
}

/// What changed in a member itself.
pub(super) fn own(
    line: &Line<'_>,
    member: &Member<'_>,
    from: Option<&Version>,
    current: Option<&Version>,
) -> Option<Want> {
    if member.held {
        return None;
    }
    let policy = member.policy;
    let mut want = None;
    let moved = &member.moved;
    if let Some(planned) = moved.planned.as_deref().and_then(|name| policy.bump(name)) {
        let name = policy.bumps.get(planned).map_or("", |b| b.name.as_str());
        Want::and(&mut want, planned, format!("the configuration plans {name}"));
    }
    // A snapshot of the API stays one until people release it.
    if want.is_none() && current.and_then(|v| policy.scheme.label_row(v)).is_some_and(LabelRow::is_of_api) {
        return None;
    }
    if let Needed::Bump(name) = &moved.required
        && let Some(bump) = policy.bump(name)
    {
        let bump = bump.max(least(line, member));
        let name = policy.bumps.get(bump).map_or(name.as_str(), |b| b.name.as_str());
        let sort = match bump.cmp(&feature(line, member)) {
            Ordering::Less => "a fix",
            Ordering::Equal => "a feature",
            Ordering::Greater => "a break",
        };
        Want::and(&mut want, bump, format!("{sort}: its endpoints need {name}"));
    }
    if let Some(said) = moved.said.iter().find(|said| said.feature) {
        let what = if said.api { "a feature of its API" } else { "a feature" };
        Want::and(&mut want, feature(line, member), format!("{what}: {} says so", said.by));
    } else if let Some(said) = moved.said.first().filter(|_| want.is_none()) {
        let what = if said.api { "a fix of its API" } else { "a fix" };
        Want::and(&mut want, least(line, member), format!("{what}: {} says so", said.by));
    }
    if want.is_none() && moved.files > 0 {
        let files = if moved.files == 1 { "1 file".to_owned() } else { format!("{} files", moved.files) };
        let told = if moved.spoken.is_empty() {
            format!("a fix, assumed: {files} changed, and neither endpoints, a commit trailer nor --changed says more")
        } else {
            "a fix: its endpoints changed and need no more".to_owned()
        };
        Want::and(&mut want, least(line, member), told);
    }
    if want.is_none() && !moved.locked.is_empty() {
        Want::and(&mut want, least(line, member), format!("a fix: Cargo.lock moved {}", few(&moved.locked)));
    }
    if let Some((from, current)) = from.zip(current)
        && let Declared::Bump(bump) = policy.declared(from, current)
        && want.as_ref().is_none_or(|want| want.bump < bump)
    {
        let text = policy.scheme.render(current);
        Want::and(&mut want, bump, format!("its manifest says {text}"));
    }
    want
}

fn few(texts: &[String]) -> String {
    let shown: Vec<&str> = texts.iter().map(String::as_str).take(3).collect();
    let more = texts.len() - shown.len();
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// Adds the releases that follow from others; answers whether there was any.
pub(super) fn follow(line: &Line<'_>, wants: &mut [Option<Want>]) -> bool {
    let mut grew = false;
    for (index, member) in line.members.iter().enumerate().filter(|(_, member)| !member.held) {
        for bundled in &member.bundles {
            let because = || format!("ships {bundled}");
            grew |= follow_one(line, wants, (index, bundled), &because);
        }
        for spoken in &member.client_of {
            let other = line.members.iter().find(|m| m.name == spoken.package);
            if other.is_some_and(|m| m.moved.reaches(&spoken.sections)) {
                let because = || format!("speaks the API of {}, which changed", spoken.package);
                grew |= follow_one(line, wants, (index, spoken.package), &because);
            }
        }
        for needed in member.depends.iter().filter(|needed| needed.linked) {
            let other = line.members.iter().find(|m| m.name == needed.package);
            let bundled = member.bundles.contains(&needed.package);
            if other.is_some_and(|m| m.moved.any()) && !bundled && wants.get(index).is_some_and(Option::is_none) {
                let because = format!("a fix: it is built with {}, which changed", needed.package);
                grew |= wants.get_mut(index).is_some_and(|want| Want::and(want, least(line, member), because));
            }
        }
    }
    grew
}

/// `follower` is released because `leader` is, by a bump of the same sort.
fn follow_one(
    line: &Line<'_>,
    wants: &mut [Option<Want>],
    (follower, leader): (usize, &str),
    because: &dyn Fn() -> String,
) -> bool {
    let Some((at, leader)) = line.members.iter().enumerate().find(|(_, m)| m.name == leader) else { return false };
    let Some(member) = line.members.get(follower).filter(|_| at != follower) else { return false };
    let Some(Some(lead)) = wants.get(at) else { return false };
    // A feature of what it ships is new in it too; a break there need not be one here.
    let bump = if lead.bump >= feature(line, leader) { feature(line, member) } else { least(line, member) };
    let Some(slot) = wants.get_mut(follower) else { return false };
    let known = slot.as_ref().is_some_and(|want| want.with.contains(&at));
    let larger = Want::and(slot, bump, because());
    if let Some(want) = slot.as_mut().filter(|_| !known) {
        want.with.push(at);
    }
    larger || !known
}
