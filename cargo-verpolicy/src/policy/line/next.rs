//! The version that each member of a line would be released as, which its own changes alone do not tell.

use super::version::State;
use super::{Line, Member, plan};
use crate::policy::version::LabelRow;
use std::collections::BTreeMap;

/// By name the smallest version of each member's next release; `None` where no plan can be made. Members whose policy
/// shares nothing with the line count by their own, and one that was never released begins: both are left out.
#[must_use]
pub fn next_versions(line: &Line<'_>) -> BTreeMap<String, Option<String>> {
    let states = plan::read(line).unwrap_or_default();
    // What manifests say already is judged, not asked; but an API in development is not about to be released.
    let bare: Vec<Member<'_>> = states
        .iter()
        .map(|state| if develops(state) { state.member.clone() } else { released(state.member) })
        .collect();
    let planned = plan::plan(&Line { members: &bare, ..*line });
    let shares = |member: &&Member<'_>| line.shared(member.policy) > 0 && member.released.is_some();
    let next = |member: &Member<'_>| {
        let plan = planned.as_ref().ok()?;
        let own = plan.packages.iter().find(|package| package.name == member.name)?;
        if own.released {
            return Some(own.to.clone());
        }
        let mut fixed = bare.clone();
        let slot = fixed.iter_mut().find(|other| other.name == member.name)?;
        *slot = released(slot);
        slot.moved.files = slot.moved.files.max(1);
        let plan = plan::plan(&Line { members: &fixed, ..*line }).ok()?;
        plan.packages.into_iter().find(|package| package.name == member.name && package.released).map(|p| p.to)
    };
    line.members.iter().filter(shares).map(|member| (member.name.to_owned(), next(member))).collect()
}

/// The member as if its manifest said its last release.
fn released<'a>(member: &Member<'a>) -> Member<'a> {
    Member { current: member.released, ..member.clone() }
}

/// Its manifest says a snapshot of an API.
fn develops(state: &State<'_>) -> bool {
    let current = state.current.as_ref();
    current.and_then(|version| state.member.policy.scheme.label_row(version)).is_some_and(LabelRow::is_of_api)
}
