//! Audits: what is wrong in one set or its history, whatever the bump. Each is cured in the source.

use super::acceptance::Acceptance;
use super::bump::Bumps;
use super::case::{Case, Given, Mode};
use super::file::NumberKind;
use super::glob;
use super::rules::rule_by_id;
use super::version::Version;
use super::{Level, Policy, since};
use crate::model::{BlindSpot, BlindSpotKind, Endpoint, EndpointKey, Place, Prefix, Stability};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Something wrong, before its level is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Rule id.
    pub rule: &'static str,
    /// Printed id of the endpoint, or the package's name.
    pub endpoint: String,
    /// What tells it from others of its rule and endpoint, for the fingerprint.
    pub at: String,
    /// One sentence.
    pub message: String,
    /// What to do, where the rule's own remedy is not enough.
    pub help: Option<String>,
    /// Place on the old side.
    pub old: Option<Place>,
    /// Place on the new side.
    pub new: Option<Place>,
}

impl Audit {
    /// An audit of a whole package.
    #[must_use]
    pub fn of_package(rule: &'static str, package: &str, message: String) -> Self {
        Self { rule, endpoint: package.to_owned(), at: String::new(), message, help: None, old: None, new: None }
    }

    /// An audit of one endpoint, at its mark.
    pub(super) fn of_endpoint(rule: &'static str, id: &str, endpoint: &Endpoint, message: String) -> Self {
        let new = Some(endpoint.mark_place.clone().unwrap_or_else(|| endpoint.place.clone()));
        Self { rule, endpoint: id.to_owned(), at: String::new(), message, help: None, old: None, new }
    }

    pub(super) fn of_acceptance(rule: &'static str, acceptance: &Acceptance) -> Self {
        let message = if rule == "acceptance-unused" {
            format!(
                "the acceptance of `{}` at `{}` for {} matches no finding of this release",
                acceptance.rule, acceptance.endpoint, acceptance.release
            )
        } else {
            format!(
                "`{}` at `{}` is accepted for {}: {}",
                acceptance.rule, acceptance.endpoint, acceptance.release, acceptance.reason
            )
        };
        Self {
            rule,
            endpoint: acceptance.endpoint.clone(),
            at: acceptance.rule.clone(),
            message,
            help: None,
            old: None,
            new: acceptance.place.clone(),
        }
    }
}

/// Audits of the current set by itself, held to this version.
pub(super) fn of_one_set(case: &Case<'_>, version: Option<&Version>) -> Vec<Audit> {
    let mut out = Vec::new();
    let ids = case.current.set.ids();
    let unmarked = wanted(case, "unmarked-endpoint");
    for (endpoint, id) in case.current.set.endpoints.iter().zip(&ids) {
        if !case.counts(endpoint) {
            if unmarked && !endpoint.is_impl() {
                let message = "it is served or public, and not promised".to_owned();
                out.push(Audit::of_endpoint("unmarked-endpoint", id, endpoint, message));
            }
            continue;
        }
        out.extend(undocumented(case, version, id, endpoint));
        out.extend(path(case, id, endpoint));
        if case.mode == Mode::Release && endpoint.lifetime.since.as_ref().is_some_and(|s| s.version == "next") {
            let message = "`since = \"next\"` is left, and the release is being made".to_owned();
            out.push(Audit::of_endpoint("since-unresolved", id, endpoint, message));
        }
    }
    let rule = rule_of_blind_spot;
    for spot in case.current.set.blind_spots.iter().filter(|spot| wanted(case, rule(spot))) {
        let mut audit = Audit::of_package(rule(spot), case.package, spot.detail.clone());
        audit.at.clone_from(&spot.detail);
        audit.new.clone_from(&spot.place);
        out.push(audit);
    }
    out
}

/// The rule that speaks of a blind spot.
#[must_use]
pub fn rule_of_blind_spot(spot: &BlindSpot) -> &'static str {
    match spot.kind {
        BlindSpotKind::PublishedDiffers => "published-differs",
        BlindSpotKind::RouteDiffers => "route-differs",
        BlindSpotKind::UnreachedHandler => "unreached-handler",
        BlindSpotKind::SinceUnverified => "since-unverified",
        _ => "blind-spot",
    }
}

/// Is this rule above `allow`? Some audits are many, and not even made else.
fn wanted(case: &Case<'_>, rule: &str) -> bool {
    rule_by_id(rule).is_some_and(|r| case.settings.levels.of(r, case.policy) > Level::Allow)
}

fn undocumented(case: &Case<'_>, version: Option<&Version>, id: &str, endpoint: &Endpoint) -> Option<Audit> {
    if endpoint.documented || endpoint.stability != Stability::Stable {
        return None;
    }
    if let Some((kinds, from)) = &case.policy.documented {
        let early = from.as_ref().zip(version).is_some_and(|(from, version)| {
            let release = case.policy.scheme.leads_to(version);
            case.policy.scheme.compare(&release, from).is_lt()
        });
        if early || !kinds.contains(&endpoint.kind()) {
            return None;
        }
    }
    let message = "no doc comment says what it does".to_owned();
    let mut audit = Audit::of_endpoint("undocumented-endpoint", id, endpoint, message);
    audit.new = Some(endpoint.place.clone());
    Some(audit)
}

/// Version segments and unstable prefixes in HTTP paths.
fn path(case: &Case<'_>, id: &str, endpoint: &Endpoint) -> Option<Audit> {
    let EndpointKey::Http { path, .. } = &endpoint.key else { return None };
    let text = path.render();
    // What stands before an unknown prefix may carry what is missed here.
    if path.prefix == Prefix::Unknown || case.settings.unversioned.iter().any(|g| glob::matches(g, &text)) {
        return None;
    }
    let segments: Vec<&str> = text.split('/').collect();
    let unstable_at = segments.iter().position(|s| *s == "unstable");
    let wrong = |rule, message| Some(Audit::of_endpoint(rule, id, endpoint, message));
    match &endpoint.stability {
        Stability::Unstable { feature } if case.policy.paths.unstable_prefix => {
            let named = unstable_at.and_then(|i| segments.get(i + 1)).copied();
            match (feature.as_deref(), named) {
                (Some(feature), Some(named)) if feature == named => None,
                (Some(feature), _) => {
                    let message = format!("an unstable endpoint must live under `/unstable/{feature}/`");
                    wrong("unstable-prefix-wrong", message)
                }
                (None, _) => {
                    let message = "an unstable endpoint names its feature: `unstable(feature = \"…\")`".to_owned();
                    wrong("unstable-prefix-wrong", message)
                }
            }
        }
        Stability::Stable if case.policy.paths.unstable_prefix && unstable_at.is_some() => {
            wrong("unstable-prefix-wrong", "a stable endpoint no longer uses the prefix `/unstable/`".to_owned())
        }
        Stability::Stable if case.policy.paths.version_segment && !segments.iter().any(|s| is_version(s)) => {
            let message = "the path of a stable endpoint must carry its own version, as `/v3/` does".to_owned();
            wrong("path-version-missing", message)
        }
        _ => None,
    }
}

/// `v3`
fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Audits of the current set against its history.
pub(super) fn of_history(case: &Case<'_>, old: Given<'_>, bumps: &Bumps<'_>) -> Vec<Audit> {
    let version = if bumps.declared.is_some() { bumps.in_preparation.first() } else { bumps.from.as_ref() };
    let mut out = of_one_set(case, version);
    out.extend(since::audits(case, old, bumps));
    out.extend(still_served(case, old, bumps));
    out
}

fn still_served(case: &Case<'_>, old: Given<'_>, bumps: &Bumps<'_>) -> Vec<Audit> {
    let scheme = &case.policy.scheme;
    let reached = if bumps.declared.is_some() { bumps.in_preparation.first() } else { bumps.to.as_ref() };
    let Some(reached) = reached else { return Vec::new() };
    let announced = |e: &Endpoint| e.lifetime.removed.as_ref().filter(|_| !e.lifetime.native).cloned();
    // A `removed` that is new is judged as a change.
    let stood: BTreeSet<String> =
        old.set.endpoints.iter().filter(|e| announced(e).is_some()).map(Endpoint::identity).collect();
    let mut out = Vec::new();
    for (endpoint, id) in case.current.set.endpoints.iter().zip(case.current.set.ids()) {
        let Some(removed) = announced(endpoint).filter(|_| case.counts(endpoint)) else { continue };
        let past = scheme.parse_loose(&removed.version).is_ok_and(|v| scheme.compare(&v, reached).is_le());
        if stood.contains(&endpoint.identity()) && past {
            let message =
                format!("it was to be removed in {}, and {} still serves it", removed.version, scheme.render(reached));
            out.push(Audit::of_endpoint("removed-still-served", &id, endpoint, message));
        }
    }
    out
}

/// Audits of the versions and the configuration of a case.
pub(super) fn of_case(case: &Case<'_>, bumps: &Bumps<'_>) -> Vec<Audit> {
    let mut out = Vec::new();
    let scheme = &case.policy.scheme;
    if let (true, Some(from), Some(to)) = (bumps.behind && case.mode != Mode::Diff, &bumps.from, &bumps.to) {
        let message = format!("the version is {}, below the release {}", scheme.render(to), scheme.render(from));
        out.push(Audit::of_package("version-behind", case.package, message));
    }
    if let Some(plan) = case.plan.filter(|_| case.plan_stood && bumps.declared.is_none() && case.mode != Mode::Diff) {
        let message = format!("`next = \"{plan}\"` already stood in the baseline: it is spent");
        out.push(Audit::of_package("stale-plan", case.package, message));
    }
    for loosened in &case.settings.loosened {
        let mut audit = Audit::of_package("policy-changed", case.package, loosened.clone());
        audit.at.clone_from(loosened);
        out.push(audit);
    }
    if let Some(other) = case.baseline_policy {
        let message = if other.id == case.policy.id {
            format!("the policy `{}` says something else than it did: the stricter of both holds", other.id)
        } else {
            format!("the policy was `{}` and is `{}`", other.id, case.policy.id)
        };
        out.push(Audit::of_package("policy-changed", case.package, message));
    }
    if let Some(to) = &bumps.to {
        out.extend(dates(case.package, case.policy, (bumps.from.as_ref(), to), case.earlier, case.date));
    }
    out
}

/// What may be hidden on a side, each with all endpoints that the same blind spot could hold.
pub(super) fn incomplete(case: &Case<'_>) -> Vec<(Audit, Vec<String>)> {
    let mut out: Vec<(Audit, Vec<String>)> = Vec::new();
    let mut first: BTreeMap<(bool, &BlindSpot), usize> = BTreeMap::new();
    for blinded in &case.diff.blinded {
        if let Some((_, reaches)) =
            first.get(&(blinded.missing_in_old, &blinded.blind_spot)).and_then(|at| out.get_mut(*at))
        {
            reaches.push(blinded.endpoint.clone());
            continue;
        }
        first.insert((blinded.missing_in_old, &blinded.blind_spot), out.len());
        let (there, spot) = (Some(&blinded.place), blinded.blind_spot.place.as_ref());
        let (old, new) = if blinded.missing_in_old { (spot, there) } else { (there, spot) };
        let side = if blinded.missing_in_old { "baseline" } else { "current side" };
        let audit = Audit {
            rule: "incomplete",
            endpoint: blinded.endpoint.clone(),
            at: side.to_owned(),
            message: format!("it is not seen on the {side}, where it may be hidden: {}", blinded.blind_spot.detail),
            help: None,
            old: old.cloned(),
            new: new.cloned(),
        };
        out.push((audit, vec![blinded.endpoint.clone()]));
    }
    out
}

/// Dates in versions: never later than today, never back, and one release a day. `earlier` are the releases of the
/// package at hand, the baseline among them or not.
#[must_use]
pub fn dates(
    package: &str,
    policy: &Policy,
    (from, to): (Option<&Version>, &Version),
    earlier: &[String],
    date: Date,
) -> Vec<Audit> {
    let mut out = Vec::new();
    for (index, number) in policy.scheme.numbers.iter().enumerate().filter(|(_, n)| n.kind == NumberKind::Date) {
        let day = to.numbers.get(index).copied().unwrap_or(0);
        let today = super::version::day_number(date);
        let changed = from.is_none_or(|from| from.numbers != to.numbers);
        let last = last_day(policy, index, to, earlier);
        let before = from.and_then(|v| Some((*v.numbers.get(index)?, policy.scheme.render(v))));
        let (before, version) = before.max(last).unwrap_or_default();
        let name = &number.name;
        let message = if day > today {
            format!("the {name} {day} is later than {today}")
        } else if changed && day != 0 && day < before {
            format!("the {name} went back from {before} to {day}: {version} is released")
        } else if changed && day != 0 && day == before {
            format!("{day} has a release already, {version}: one release a day")
        } else {
            continue;
        };
        out.push(Audit::of_package("version-date", package, message));
    }
    out
}

/// The latest day of the releases at hand, this version itself left out, and the release that has it.
fn last_day(policy: &Policy, index: usize, to: &Version, earlier: &[String]) -> Option<(u64, String)> {
    let others = earlier.iter().filter_map(|text| policy.scheme.parse(text).ok());
    let others = others.filter(|version| policy.scheme.compare(version, to).is_ne());
    others.filter_map(|version| Some((*version.numbers.get(index)?, policy.scheme.render(&version)))).max()
}

/// Why a version cannot be released now: its day is not after that of every release at hand.
pub(super) fn day_taken(policy: &Policy, to: &Version, earlier: &[String]) -> Option<String> {
    let dates = policy.scheme.numbers.iter().enumerate().filter(|(_, number)| number.kind == NumberKind::Date);
    dates.filter_map(|(index, _)| Some((*to.numbers.get(index)?, last_day(policy, index, to, earlier)?))).find_map(
        |(day, (last, version))| {
            let text = policy.scheme.render(to);
            let late = "one release a day; try again with a later date";
            (day != 0 && day <= last).then(|| format!("{text} is not after the day of {version}: {late}"))
        },
    )
}
