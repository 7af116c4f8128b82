//! The plan: the next version of every member with its reason, in the order to publish.

use super::version::{State, highest, shared_of, versions};
use super::want::{Want, follow, least, own};
use super::{Line, Member, Needed, order};
use crate::policy::audit::day_taken;
use crate::policy::version::{Declared, Version, VersionError};

/// The next version of every member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// In the order to publish; members that stay are among them.
    pub packages: Vec<Planned>,
}

/// The next version of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Package name.
    pub name: String,
    /// The last release, as the policy writes it.
    pub from: Option<String>,
    /// The next one; the same where the member stays.
    pub to: String,
    /// It is released.
    pub released: bool,
    /// Why.
    pub because: String,
}

/// No plan can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{package}: {message}")]
pub struct PlanError {
    /// The member.
    pub package: String,
    /// Why, and what to do.
    pub message: String,
}

impl PlanError {
    fn new(package: &str, message: impl Into<String>) -> Self {
        Self { package: package.to_owned(), message: message.into() }
    }

    fn version(member: &Member<'_>, error: &VersionError) -> Self {
        Self::new(member.name, error.to_string())
    }
}

/// Plans the next releases.
///
/// # Errors
/// A version that the policy cannot read, a bump that leads nowhere (a second release on one day), or a member whose
/// changes no bump allows.
pub fn plan(line: &Line<'_>) -> Result<Plan, PlanError> {
    let states = read(line)?;
    let mut wants = Vec::new();
    for state in &states {
        if state.member.moved.required == Needed::Source {
            let message = "no bump allows what changed; `cargo verpolicy check` says what to do in the source";
            return Err(PlanError::new(state.member.name, message));
        }
        wants.push(own(line, state.member, state.from.as_ref(), state.current.as_ref()));
    }
    let next = loop {
        while follow(line, &mut wants) {}
        let next = versions(line, &states, &wants)
            .map_err(|(member, error)| PlanError { package: member, message: error.message })?;
        if !(share(line, &states, &next, &mut wants) | unmet(line, &states, &next, &mut wants)) {
            break next;
        }
    };
    for (state, version) in states.iter().zip(&next) {
        let member = state.member;
        if let Some(why) = version.as_ref().and_then(|version| day_taken(member.policy, version, member.earlier)) {
            return Err(PlanError::new(member.name, why));
        }
    }
    let packages = order::to_publish(line)
        .into_iter()
        .filter_map(|index| {
            planned(line, &states, states.get(index)?, next.get(index)?.as_ref(), wants.get(index)?.as_ref())
        })
        .collect();
    Ok(Plan { packages })
}

/// Reads the versions of all members.
pub(super) fn read<'a>(line: &Line<'a>) -> Result<Vec<State<'a>>, PlanError> {
    let one = |member: &'a Member<'a>| {
        let parse = |text: Option<&str>| text.map(|text| member.policy.scheme.parse(text)).transpose();
        let wrong = |error| PlanError::version(member, &error);
        let (from, current) = (parse(member.released).map_err(wrong)?, parse(member.current).map_err(wrong)?);
        Ok(State { member, from, current })
    };
    line.members.iter().map(one).collect()
}

/// Members whose versions stand in one place move together.
fn share(line: &Line<'_>, states: &[State<'_>], next: &[Option<Version>], wants: &mut [Option<Want>]) -> bool {
    let mut grew = false;
    for (index, state) in states.iter().enumerate().filter(|(_, s)| s.member.place.is_some() && !s.member.held) {
        let scheme = &state.member.policy.scheme;
        let beside = |(other, version): (&State<'_>, &Option<Version>)| {
            let same = other.member.place == state.member.place && other.member.name != state.member.name;
            version.clone().filter(|_| same && other.from.is_some()).map(|v| (v, other.member.name.to_owned()))
        };
        let highest = states.iter().zip(next).filter_map(beside).max_by(|a, b| scheme.compare(&a.0, &b.0));
        let Some((version, other)) = highest else { continue };
        let ours = next.get(index).and_then(Option::as_ref).or(state.from.as_ref());
        let behind = ours.is_some_and(|ours| scheme.compare(ours, &version).is_lt());
        let (Some(from), true) = (&state.from, behind) else { continue };
        let bump = match state.member.policy.declared(from, &version) {
            Declared::Bump(bump) => bump,
            _ => least(line, state.member),
        };
        let because = format!("its version stands with that of {other}");
        let fresh = wants.get(index).is_some_and(|want| want.as_ref().is_none_or(|w| !w.because.contains(&because)));
        if let Some(slot) = wants.get_mut(index).filter(|_| fresh) {
            Want::and(slot, bump, because);
            grew = true;
        }
    }
    grew
}

/// Members whose requirement on another no longer fits are released too.
fn unmet(line: &Line<'_>, states: &[State<'_>], next: &[Option<Version>], wants: &mut [Option<Want>]) -> bool {
    let mut grew = false;
    for (index, state) in states.iter().enumerate().filter(|(_, state)| !state.member.held) {
        for needed in &state.member.depends {
            let other = states.iter().zip(next).find(|(other, _)| other.member.name == needed.package);
            let Some((other, Some(version))) = other else { continue };
            let text = other.member.policy.scheme.render_cargo(version);
            if needed.requirement.is_none_or(|requirement| fits(requirement, &text)) {
                continue;
            }
            if let Some(slot) = wants.get_mut(index) {
                let shown = other.member.policy.scheme.render(version);
                let because = format!("its requirement on {} does not take {shown}", needed.package);
                grew |= Want::and(slot, least(line, state.member), because);
            }
        }
    }
    grew
}

/// Does a requirement as written in a manifest take this version, in Cargo's spelling?
#[must_use]
pub(super) fn fits(requirement: &str, version: &str) -> bool {
    match (semver::VersionReq::parse(requirement), semver::Version::parse(version)) {
        (Ok(requirement), Ok(version)) => requirement.matches(&version),
        // Cargo refuses it too: not for us to say.
        _ => true,
    }
}

fn planned(
    line: &Line<'_>,
    states: &[State<'_>],
    state: &State<'_>,
    next: Option<&Version>,
    want: Option<&Want>,
) -> Option<Planned> {
    let scheme = &state.member.policy.scheme;
    let from = state.from.as_ref().map(|v| scheme.render(v));
    if state.member.held {
        let to = from.clone()?;
        return Some(Planned {
            name: state.member.name.to_owned(),
            from,
            to,
            released: false,
            because: "left out".to_owned(),
        });
    }
    let to = next.map(|v| scheme.render(v)).or_else(|| from.clone())?;
    let released = from.as_ref() != Some(&to);
    let because = match (want, &from) {
        (_, None) => "its first release".to_owned(),
        (Some(want), Some(_)) => want.because.join("; "),
        (None, Some(_)) if released => {
            let says = state.member.policy.product.as_ref().map_or("one version for all", |p| p.says.as_str());
            format!("moves with the line: {says}")
        }
        (None, Some(from)) if !state.member.moved.any() => format!("nothing changed since {from}"),
        (None, Some(_)) => {
            let current = state.current.as_ref().map(|v| scheme.render(v)).unwrap_or_default();
            format!("in development as {current}, until its manifest or `next` in the configuration says a release")
        }
    };
    let caught_up = released && behind(line, states, state);
    let because = if caught_up { format!("{because}; it catches up with the line") } else { because };
    Some(Planned { name: state.member.name.to_owned(), from, to, released, because })
}

/// Its last release stands behind the line.
fn behind(line: &Line<'_>, states: &[State<'_>], state: &State<'_>) -> bool {
    let at = |version| shared_of(line, state.member, version);
    let highest = highest(line, states, state.member);
    line.lags(state.member.policy) && state.from.as_ref().zip(highest).is_some_and(|(from, line)| at(from) < at(line))
}
