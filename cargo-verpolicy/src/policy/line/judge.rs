//! The judgement of a line: do the versions of its members agree, and is each released with what it ships and speaks
//! to?

use super::plan::{self, Plan, PlanError};
use super::version::{State, highest, shared_of};
use super::{Line, Member, Role, Spoken};
use crate::policy::Audit;
use crate::policy::version::Version;

/// What is wrong with the versions of a line, each audit of a package.
///
/// # Errors
/// A version that the policy cannot read.
pub fn line_audits(line: &Line<'_>) -> Result<Vec<Audit>, PlanError> {
    let states = plan::read(line)?;
    let mut out = Vec::new();
    for state in &states {
        let Some(current) = &state.current else { continue };
        out.extend(differs(line, &states, state, current));
        if releases(state) {
            out.extend(lagging(line, &states, state, current));
        }
        out.extend(state.member.client_of.iter().filter_map(|spoken| client(line, &states, state, spoken)));
        out.extend(state.member.bundles.iter().filter_map(|bundled| bundle(line, &states, state, bundled)));
    }
    out.extend(ahead(line, &states));
    Ok(out)
}

/// The manifest says a version after the last release.
fn releases(state: &State<'_>) -> bool {
    let scheme = &state.member.policy.scheme;
    match (&state.from, &state.current) {
        (Some(from), Some(current)) => scheme.compare(current, from).is_gt(),
        _ => false,
    }
}

fn says(member: &Member<'_>) -> String {
    member.policy.product.as_ref().map(|p| format!(": {}", p.says)).unwrap_or_default()
}

/// One version, or one set of shared numbers, where no member may stay behind.
fn differs(line: &Line<'_>, states: &[State<'_>], state: &State<'_>, current: &Version) -> Option<Audit> {
    let member = state.member;
    let policy = member.policy;
    if line.shared(policy) == 0 || line.lags(policy) {
        return None;
    }
    let group = || states.iter().filter(|other| line.together(other.member, member));
    let api = group().find(|other| other.member.role == Role::Api);
    if member.role == Role::Api && !line.is_global(policy) && current.numbers.last().is_some_and(|last| *last != 0) {
        let message = format!("the API `{}` is {}: its releases end in 0", member.name, policy.scheme.render(current));
        return Some(Audit::of_package("product-version-differs", member.name, message));
    }
    let leader = match (api, member.role) {
        (Some(api), Role::Implementation) => api,
        (Some(_), _) => return None,
        (None, _) => group().filter(|other| other.current.is_some()).max_by(|a, b| {
            compare(policy, a.current.as_ref(), b.current.as_ref()).then(b.member.name.cmp(a.member.name))
        })?,
    };
    let theirs = leader.current.as_ref()?;
    let agree = if line.is_global(policy) {
        policy.scheme.compare(current, theirs).is_eq()
    } else {
        let snapshot = policy.scheme.is_prerelease(theirs);
        let equal = shared_of(line, member, current) == shared_of(line, member, theirs);
        // What was not released since the API began the next minor stays as it was.
        let still = !releases(state) && leader.from == state.from;
        let ahead = policy.api_in_preparation(current).numbers;
        let develops = ahead == theirs.numbers && ahead != current.numbers;
        (equal && (!snapshot || policy.scheme.is_prerelease(current))) || (snapshot && (develops || still))
    };
    if agree {
        return None;
    }
    let (ours, theirs) = (policy.scheme.render(current), policy.scheme.render(theirs));
    let message = format!("`{}` is {ours}, and `{}` is {theirs}{}", member.name, leader.member.name, says(member));
    Some(Audit::of_package("product-version-differs", member.name, message))
}

fn compare(policy: &crate::policy::Policy, a: Option<&Version>, b: Option<&Version>) -> std::cmp::Ordering {
    match (a, b) {
        (Some(a), Some(b)) => policy.scheme.compare(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

/// A member that is released catches up with what the line had released.
fn lagging(line: &Line<'_>, states: &[State<'_>], state: &State<'_>, current: &Version) -> Option<Audit> {
    let member = state.member;
    let at = highest(line, states, member).filter(|_| line.lags(member.policy))?;
    if shared_of(line, member, current) >= shared_of(line, member, at) {
        return None;
    }
    let scheme = &member.policy.scheme;
    let message = format!(
        "`{}` is released as {}, and the line stands at {}: a member that is released catches up",
        member.name,
        scheme.render(current),
        scheme.render_numbers(at, line.shared(member.policy)),
    );
    Some(Audit::of_package("product-version-differs", member.name, message))
}

/// A client is released, at the same version, with a change of the API that it speaks.
fn client(line: &Line<'_>, states: &[State<'_>], state: &State<'_>, spoken: &Spoken<'_>) -> Option<Audit> {
    let api = states.iter().find(|other| other.member.name == spoken.package)?;
    if !releases(api) || !api.member.moved.reaches(&spoken.sections) {
        return None;
    }
    let why = format!("it speaks the API of `{}`, which changed", api.member.name);
    released_with(line, state, api, "client-not-released", &why)
}

/// A bundle is released, at the same version, with what it ships.
fn bundle(line: &Line<'_>, states: &[State<'_>], state: &State<'_>, bundled: &str) -> Option<Audit> {
    let inside = states.iter().find(|other| other.member.name == bundled).filter(|other| releases(other))?;
    let why = format!("it ships `{bundled}`");
    released_with(line, state, inside, "bundle-not-released", &why)
}

fn released_with(
    line: &Line<'_>,
    state: &State<'_>,
    leader: &State<'_>,
    rule: &'static str,
    why: &str,
) -> Option<Audit> {
    let (ours, theirs) = (state.current.as_ref()?, leader.current.as_ref()?);
    let scheme = &state.member.policy.scheme;
    let name = state.member.name;
    let (shown, leads) = (scheme.render(ours), leader.member.policy.scheme.render(theirs));
    // A member that was never released is about to be.
    let message = if state.from.is_some() && !releases(state) {
        format!("`{}` goes to {leads}, and `{name}` stays at {shown}: {why}", leader.member.name)
    } else if line.together(state.member, leader.member)
        && scheme.compare(ours, theirs).is_ne()
        && shared_of(line, state.member, ours) <= shared_of(line, state.member, theirs)
    {
        format!(
            "`{}` goes to {leads}, and `{name}` to {shown}: {why}, and is released at its version",
            leader.member.name
        )
    } else {
        return None;
    };
    Some(Audit::of_package(rule, name, message))
}

/// Members that move the line's numbers further than what changed gives them reason to, unless all move together.
fn ahead(line: &Line<'_>, states: &[State<'_>]) -> Vec<Audit> {
    let mut out = Vec::new();
    // What the changes alone would make of it.
    let bare: Vec<Member<'_>> = line.members.iter().map(|m| Member { current: m.released, ..m.clone() }).collect();
    let planned = plan::plan(&Line { members: &bare, ..*line }).unwrap_or(Plan { packages: Vec::new() });
    for state in states.iter().filter(|state| line.lags(state.member.policy)) {
        let (member, policy) = (state.member, state.member.policy);
        let (Some(current), Some(at)) = (&state.current, highest(line, states, member)) else { continue };
        let shared = |version| shared_of(line, member, version);
        let all = |other: &State<'_>| {
            let same = other.current.as_ref().is_some_and(|theirs| shared_of(line, member, theirs) == shared(current));
            same || !line.together(other.member, member)
        };
        if shared(current) <= shared(at) || states.iter().all(all) {
            continue;
        }
        let due = planned.packages.iter().find(|p| p.name == member.name).and_then(|p| policy.scheme.parse(&p.to).ok());
        if due.as_ref().is_some_and(|due| shared(due) >= shared(current)) {
            continue;
        }
        let message = format!(
            "`{}` is {}, and the line stands at {}: what changed gives it no reason to go ahead alone",
            member.name,
            policy.scheme.render(current),
            policy.scheme.render_numbers(at, line.shared(policy)),
        );
        let mut audit = Audit::of_package("product-version-ahead", member.name, message);
        audit.help = due.map(|due| format!("{} would do, or move every member", policy.scheme.render(&due)));
        out.push(audit);
    }
    out
}
