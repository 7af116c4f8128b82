//! The versions that releases get: each by its own, or with the numbers that the line shares.

use super::want::{Want, least};
use super::{Line, Member, Role};
use crate::policy::Policy;
use crate::policy::definition::StepKind;
use crate::policy::version::{StepError, Version};
use std::cmp::Ordering;

/// A member as versions see it.
pub(super) struct State<'a> {
    pub(super) member: &'a Member<'a>,
    /// The last release.
    pub(super) from: Option<Version>,
    /// What the manifest says.
    pub(super) current: Option<Version>,
}

impl Line<'_> {
    /// How many numbers of a policy's versions belong to the line.
    pub(super) fn shared(&self, policy: &Policy) -> usize {
        if self.global { policy.scheme.numbers.len() } else { policy.product.as_ref().map_or(0, |p| p.count) }
    }

    /// The whole version belongs to the line.
    pub(super) fn is_global(&self, policy: &Policy) -> bool {
        self.shared(policy) == policy.scheme.numbers.len()
    }

    /// A member may stay behind.
    pub(super) fn lags(&self, policy: &Policy) -> bool {
        !self.global && policy.product.as_ref().is_some_and(|p| p.lagging)
    }

    /// Do both belong to one group with shared numbers?
    pub(super) fn together(&self, a: &Member<'_>, b: &Member<'_>) -> bool {
        a.policy.id == b.policy.id && self.shared(a.policy) > 0
    }
}

/// The version with the highest of the numbers that the line shares, of the last releases.
pub(super) fn highest<'s>(line: &Line<'_>, states: &'s [State<'_>], like: &Member<'_>) -> Option<&'s Version> {
    let group = states.iter().filter(|state| line.together(state.member, like));
    group.filter_map(|state| state.from.as_ref()).max_by(|a, b| like.policy.scheme.compare(a, b))
}

/// Does a bump move a number that the line shares?
pub(super) fn moves_the_line(line: &Line<'_>, policy: &Policy, bump: usize) -> bool {
    match policy.bumps.get(bump).map(|b| &b.step) {
        Some(StepKind::Numbers(steps)) => steps.iter().any(|step| *step < line.shared(policy)),
        Some(StepKind::Label { .. }) => line.is_global(policy),
        None => false,
    }
}

/// The line's own next version, where a release moves its numbers.
fn line_version(
    line: &Line<'_>,
    states: &[State<'_>],
    wants: &[Option<Want>],
    like: &Member<'_>,
) -> Result<Option<Version>, StepError> {
    let group = states.iter().zip(wants).filter(|(state, _)| line.together(state.member, like));
    let moving = group.filter_map(|(_, want)| want.as_ref()).map(|want| want.bump);
    let Some(bump) = moving.filter(|bump| moves_the_line(line, like.policy, *bump)).max() else { return Ok(None) };
    let Some(base) = highest(line, states, like) else { return Ok(None) };
    let mut base = base.clone();
    if !line.is_global(like.policy) {
        // What a member counts by itself is not the line's.
        keep(&mut base, line.shared(like.policy));
    }
    like.policy.step(&base, bump, line.date).map(Some)
}

/// Forgets the numbers after the first `count`, and the label.
fn keep(version: &mut Version, count: usize) {
    for number in version.numbers.iter_mut().skip(count) {
        *number = 0;
    }
    version.label = None;
    version.metadata.clear();
}

/// Every member's version; `None` where it stays.
pub(super) fn versions(
    line: &Line<'_>,
    states: &[State<'_>],
    wants: &[Option<Want>],
) -> Result<Vec<Option<Version>>, (String, StepError)> {
    let mut out = Vec::new();
    for (state, want) in states.iter().zip(wants) {
        let next = one(line, states, wants, state, want.as_ref());
        out.push(next.map_err(|error| (state.member.name.to_owned(), error))?);
    }
    // What ships or speaks to another takes its version.
    let order = super::order::to_publish(line);
    for index in order {
        let (Some(state), Some(Some(want))) = (states.get(index), wants.get(index)) else { continue };
        for leader in &want.with {
            let (Some(Some(theirs)), Some(other)) = (out.get(*leader).cloned(), states.get(*leader)) else { continue };
            let taken = takes(line, state, other, out.get(index).and_then(Option::as_ref), &theirs);
            if let Some(slot) = out.get_mut(index).filter(|_| taken) {
                *slot = Some(Version { qualifier: state.qualifier(), ..theirs });
            }
        }
    }
    Ok(out)
}

impl State<'_> {
    fn qualifier(&self) -> crate::policy::version::Qualifier {
        self.from.as_ref().or(self.current.as_ref()).map(|v| v.qualifier.clone()).unwrap_or_default()
    }
}

/// Does a follower take its leader's version? It does unless its own is further in what the line shares.
fn takes(line: &Line<'_>, state: &State<'_>, other: &State<'_>, ours: Option<&Version>, theirs: &Version) -> bool {
    if !line.together(state.member, other.member) {
        return false;
    }
    let scheme = &state.member.policy.scheme;
    let after = state.from.as_ref().is_none_or(|from| scheme.compare(theirs, from) == Ordering::Greater);
    let further = ours.is_some_and(|ours| shared_of(line, state.member, ours) > shared_of(line, state.member, theirs));
    after && !further
}

/// The numbers that belong to the line.
pub(super) fn shared_of<'v>(line: &Line<'_>, member: &Member<'_>, version: &'v Version) -> &'v [u64] {
    version.numbers.get(..line.shared(member.policy)).unwrap_or_default()
}

fn one(
    line: &Line<'_>,
    states: &[State<'_>],
    wants: &[Option<Want>],
    state: &State<'_>,
    want: Option<&Want>,
) -> Result<Option<Version>, StepError> {
    let member = state.member;
    let policy = member.policy;
    if member.held {
        return Ok(None);
    }
    let Some(from) = &state.from else {
        let first = state.current.as_ref().map(|v| policy.scheme.leads_to(v));
        let new = if line.is_global(policy) { line_version(line, states, wants, member)? } else { None };
        return Ok(new.map(|new| at_least(state, new)).or(first));
    };
    if line.shared(policy) == 0 {
        let next = want.map(|want| policy.step(from, want.bump, line.date)).transpose()?;
        return Ok(next.map(|next| at_least(state, next)));
    }
    let new = line_version(line, states, wants, member)?;
    let leads = want.is_some_and(|want| moves_the_line(line, policy, want.bump));
    match (new, want) {
        (Some(new), Some(_)) if leads || !line.lags(policy) => Ok(Some(at_least(state, new))),
        (Some(new), None) if !line.lags(policy) => Ok(Some(at_least(state, new))),
        (new, Some(want)) => {
            // Its own numbers, counted from the line's: it catches up.
            let mut base = from.clone();
            let line_at = new.or_else(|| highest(line, states, member).cloned());
            if let Some(at) = line_at.filter(|at| shared_of(line, member, at) > shared_of(line, member, from)) {
                base = Version { qualifier: from.qualifier.clone(), ..at };
                keep(&mut base, line.shared(policy));
            }
            let bump = if member.role == Role::Api { least(line, member).max(want.bump) } else { want.bump };
            policy.step(&base, bump, line.date).map(Some)
        }
        (_, None) => Ok(None),
    }
}

/// The manifest may say a higher one already.
fn at_least(state: &State<'_>, next: Version) -> Version {
    let scheme = &state.member.policy.scheme;
    let next = Version { qualifier: state.qualifier(), ..next };
    match &state.current {
        Some(current) if scheme.compare(&scheme.leads_to(current), &next).is_gt() => scheme.leads_to(current),
        _ => next,
    }
}
